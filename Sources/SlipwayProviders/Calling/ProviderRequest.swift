package import SlipwayDomain

/// One request to a provider.
package struct ProviderRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    package var method: Method
    /// Absolute, with query.
    package var url: String
    /// Besides those that every request carries; nothing secret.
    package var headers: [Header]
    /// The whole value of the Authorization header.
    package var authorization: SecretBytes?
    package var body: Body?

    package init(
        _ method: Method = .get, _ url: String, headers: [Header] = [], authorization: SecretBytes? = nil,
        body: Body? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.authorization = authorization
        self.body = body
    }

    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// May be secret: a token request's body is.
    package struct Body: Sendable {
        package let type: String
        package let bytes: SecretBytes

        package init(type: String, _ bytes: SecretBytes) {
            self.type = type
            self.bytes = bytes
        }
    }
}

/// A provider's answer, whatever its status.
package struct ProviderResponse: Sendable {
    package let status: Int
    package let headers: [ProviderRequest.Header]
    package let body: [UInt8]
    /// SHA-256 of the certificate the provider showed, in hex; nil where there is no TLS.
    package let certificate: Digest?

    package init(status: Int, headers: [ProviderRequest.Header] = [], body: [UInt8] = [], certificate: Digest? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
        self.certificate = certificate
    }

    /// The first header of a name, in whatever letters.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Why there is no answer. Texts in it are redacted and cut.
package enum CallFailure: Error, Hashable, Sendable {
    /// The address may not be called, or its answer is not allowed: nothing was sent, or it was cut off. Says which
    /// rule.
    case forbidden(String)
    /// Nothing was sent: no name, no connection, no handshake.
    case notSent(String)
    /// It was sent, or may have been, and no whole answer came.
    case noAnswer(String)
    case cancelled
}

/// Sends requests for a connection: to its hosts alone, with limits on time and size, and nothing secret in what it
/// says of a failure.
package protocol ProviderCalls: Sendable {
    func send(
        _ request: ProviderRequest, for access: ConnectionAccess, with permit: borrowing DispatchPermit
    ) async throws(CallFailure) -> ProviderResponse
}

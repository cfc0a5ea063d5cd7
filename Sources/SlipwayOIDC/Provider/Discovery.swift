import SlipwayDomain

/// What the provider says about itself, as far as it is used. A value that exists has been checked.
package struct Discovery: Sendable, Hashable {
    package enum ClientAuthentication: Sendable, Hashable {
        case basic
        case post
    }

    package let authorizationEndpoint: String
    package let tokenEndpoint: String
    package let keysEndpoint: String
    /// Nil when the provider has nothing more to say of people than their tokens do.
    package let userinfoEndpoint: String?
    /// Nil when the provider has no logout that an application can start.
    package let endSessionEndpoint: String?
    /// Nil when the provider has no sign-in for programs without a browser (RFC 8628).
    package let deviceEndpoint: String?
    /// Nil when the provider takes no token back before its time (RFC 7009).
    package let revocationEndpoint: String?
    /// Whether a browser that comes back always brings the issuer's name with it (RFC 9207).
    package let namesIssuerInCallback: Bool
    package let clientAuthentication: ClientAuthentication

    /// `issuer` and `hasSecret` are of the settings.
    init(parsing body: [UInt8], issuer: String, hasSecret: Bool) throws(ProviderRefusal) {
        guard let document = try? JSONValue(parsing: body), document.objectValue != nil else {
            throw .malformed(.discovery)
        }
        guard document["issuer"]?.stringValue?.isExactly(issuer) == true else { throw .issuerMismatch }
        authorizationEndpoint = try Self.endpoint("authorization_endpoint", in: document)
        tokenEndpoint = try Self.endpoint("token_endpoint", in: document)
        keysEndpoint = try Self.endpoint("jwks_uri", in: document)
        userinfoEndpoint = try Self.optionalEndpoint("userinfo_endpoint", in: document)
        endSessionEndpoint = try Self.optionalEndpoint("end_session_endpoint", in: document)
        deviceEndpoint = try Self.optionalEndpoint("device_authorization_endpoint", in: document)
        revocationEndpoint = try Self.optionalEndpoint("revocation_endpoint", in: document)
        namesIssuerInCallback = document["authorization_response_iss_parameter_supported"]?.boolValue ?? false
        if let flows = try Self.texts("response_types_supported", in: document), !flows.contains("code") {
            throw .noCodeFlow
        }
        if let methods = try Self.texts("code_challenge_methods_supported", in: document), !methods.contains("S256") {
            throw .noPKCE
        }
        let methods = try Self.texts("token_endpoint_auth_methods_supported", in: document)
        clientAuthentication = try Self.authentication(methods ?? ["client_secret_basic"], hasSecret: hasSecret)
    }

    /// Asks the provider. Throws `ProviderUnavailable` or `ProviderRefusal`.
    static func fetched(for settings: OIDCSettings, by fetch: any Fetch) async throws -> Discovery {
        try await fetched(issuer: settings.issuer, hasSecret: settings.clientSecret != nil, by: fetch)
    }

    static func fetched(issuer: String, hasSecret: Bool, by fetch: any Fetch) async throws -> Discovery {
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        let url = base + "/.well-known/openid-configuration"
        let answer = try await fetch.fetch(FetchRequest(.discovery, at: url))
        try answer.checkAvailability(of: .discovery)
        guard answer.status == 200 else { throw ProviderRefusal.status(.discovery, answer.status) }
        return try Discovery(parsing: answer.body, issuer: issuer, hasSecret: hasSecret)
    }

    private static func endpoint(_ name: String, in document: JSONValue) throws(ProviderRefusal) -> String {
        guard let url = try optionalEndpoint(name, in: document) else { throw .missing(name) }
        return url
    }

    private static func optionalEndpoint(_ name: String, in document: JSONValue) throws(ProviderRefusal) -> String? {
        guard let value = document[name], value != .null else { return nil }
        guard let url = value.stringValue, ProviderURL.isAcceptable(url) else { throw .insecureEndpoint(name) }
        return url
    }

    private static func texts(_ name: String, in document: JSONValue) throws(ProviderRefusal) -> [String]? {
        guard let value = document[name], value != .null else { return nil }
        guard let items = value.arrayValue else { throw .malformed(.discovery) }
        return items.compactMap(\.stringValue)
    }

    private static func authentication(
        _ methods: [String], hasSecret: Bool
    ) throws(ProviderRefusal) -> ClientAuthentication {
        if methods.contains("client_secret_basic") { return .basic }
        if methods.contains("client_secret_post") || !hasSecret { return .post }
        throw .noClientAuthentication
    }
}

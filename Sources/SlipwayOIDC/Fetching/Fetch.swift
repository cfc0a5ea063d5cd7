/// One question to the provider and its answer: the seam between what a relying party does and the network.
package protocol Fetch: Sendable {
    /// Throws `ProviderUnavailable` when no whole answer came in time, and `ProviderRefusal.answerTooLarge`. An answer
    /// of any status is returned; a redirect is an answer and is not followed.
    func fetch(_ request: FetchRequest) async throws -> FetchAnswer
}

package struct FetchRequest: Sendable {
    /// Nil for a GET; the fields of a form that is posted otherwise.
    package let form: String?
    package let url: String
    package let authorization: Secret?
    /// What is asked for, for messages.
    package let document: ProviderDocument

    init(_ document: ProviderDocument, at url: String, form: String? = nil, authorization: Secret? = nil) {
        self.document = document
        self.url = url
        self.form = form
        self.authorization = authorization
    }
}

package struct FetchAnswer: Sendable {
    package let status: Int
    package let body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

/// What a provider is asked for.
package enum ProviderDocument: String, Sendable, CustomStringConvertible {
    case discovery = "the discovery document"
    case keys = "the keys"
    case tokens = "the token endpoint"
    case userinfo = "the userinfo endpoint"
    case device = "the device authorization endpoint"
    case revocation = "the revocation endpoint"

    package var description: String { rawValue }
}

import SlipwayDomain
package import SlipwayOIDC
package import SlipwayOperations

/// How the server knows who a request is from.
package protocol Authenticator: Sendable {
    /// The mode's name, which every page shows.
    var mode: String { get }

    /// What programs sign people in with; nil in a mode where there is nothing to sign in to.
    var programs: ProgramSettings? { get }

    /// Throws a problem for one who does not say who they are, or whose word does not hold.
    func caller(of request: SignedRequest) async throws -> Caller
}

/// What of a request says who it is from.
package struct SignedRequest: Sendable {
    /// By lower-case name; what stands there more than once is a list.
    let headers: [String: String]
    let authority: String?
    let origin: RequestOrigin
    /// Whether the browser can be told of another session in the answer.
    var mayRenew = true

    /// The credentials of `Authorization: Bearer`; nil when the header is not there.
    func bearer() throws -> String? {
        guard let value = headers["authorization"] else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty, !value.contains(",") else {
            throw Problem.badCredentials("Authorization takes one Bearer token here.")
        }
        return String(parts[1])
    }
}

/// API tokens, which every mode takes.
struct TokenSignIn: Sendable {
    let signIn: SignIn

    /// Nil for a text that is no API token.
    func caller(bearer text: String) async throws -> Caller? {
        guard TokenText.looksLikeOne(text) else { return nil }
        guard let token = TokenText(text), let caller = try await signIn.token(token) else {
            throw Problem.badCredentials("The token is unknown, revoked or past its time.")
        }
        return caller
    }
}

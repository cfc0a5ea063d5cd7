import SlipwayDomain
import SlipwayOIDC

/// What is kept of a login at one server.
struct KeptLogin: Sendable {
    /// Where the token was given and can be renewed and taken back. It is what the server said when the person signed in:
    /// what it says later does not lead a refresh token elsewhere.
    struct Provider: Sendable, Hashable {
        let issuer: String
        let clientID: String
    }

    /// How long before its end a token counts as over: it has to last until the server has read it.
    static let marginSeconds: Int64 = 30

    var token: Secret
    var refreshToken: Secret?
    /// Nil when nobody said; then it is good until the server refuses it.
    var expiresAt: Timestamp?
    /// Nil for an API token, which only the server can take back.
    var provider: Provider?

    init(token: Secret) {
        self.token = token
    }

    init(_ tokens: ProgramTokens, at provider: Provider) {
        token = tokens.accessToken
        refreshToken = tokens.refreshToken
        expiresAt = tokens.accessExpiresAt
        self.provider = provider
    }

    func isOver(at now: Timestamp) -> Bool {
        guard let expiresAt else { return false }
        return now.microseconds + Self.marginSeconds * 1_000_000 >= expiresAt.microseconds
    }
}

extension KeptLogin {
    /// Nil for what `json` did not write.
    init?(_ json: JSONValue) {
        guard let token = json["token"]?.stringValue else { return nil }
        self.token = Secret(token)
        refreshToken = json["refreshToken"]?.stringValue.map(Secret.init)
        expiresAt = json["expiresAtSeconds"]?.integerValue.map { Timestamp(microseconds: $0 * 1_000_000) }
        if let issuer = json["issuer"]?.stringValue, let client = json["clientId"]?.stringValue {
            provider = Provider(issuer: issuer, clientID: client)
        }
    }

    var json: JSONValue {
        var members: [String: JSONValue] = ["token": .string(token.revealed())]
        members["refreshToken"] = refreshToken.map { .string($0.revealed()) }
        members["expiresAtSeconds"] = expiresAt.map { .integer($0.microseconds / 1_000_000) }
        members["issuer"] = provider.map { .string($0.issuer) }
        members["clientId"] = provider.map { .string($0.clientID) }
        return .object(members)
    }
}

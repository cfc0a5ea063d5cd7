import SlipwayDomain

/// Who asks a provider. Without a secret it is a public client, which says its name and no more.
struct ProviderClient: Sendable {
    let id: String
    let secret: Secret?
}

extension OIDCSettings {
    var client: ProviderClient { ProviderClient(id: clientID, secret: clientSecret) }
}

/// Exchanges a code, or a refresh token, for tokens.
struct TokenEndpoint: Sendable {
    struct Answer: Sendable {
        let idToken: Secret?
        let accessToken: Secret?
        let refreshToken: Secret?
        let accessSeconds: Int64?
    }

    let client: ProviderClient
    let discovery: Discovery
    let fetch: any Fetch

    func exchange(code: String, verifier: Secret, redirectURI: String) async throws -> Answer {
        try await answer([
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURI),
            ("code_verifier", verifier.revealed()),
        ])
    }

    func refresh(_ token: Secret) async throws -> Answer {
        try await answer([("grant_type", "refresh_token"), ("refresh_token", token.revealed())])
    }

    /// Asks whether the person has approved what the device asked for. Until then it is refused with a word that says so.
    func exchange(deviceCode: Secret) async throws -> Answer {
        try await answer([
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", deviceCode.revealed()),
        ])
    }

    private func answer(_ grant: [(name: String, value: String)]) async throws -> Answer {
        let answer = try await fetch.fetch(request(grant))
        try answer.checkAvailability(of: .tokens)
        let body = try? JSONValue(parsing: answer.body)
        guard answer.status == 200 else {
            throw LoginRefusal.refusedByTokenEndpoint(ProviderWord(body?["error"]?.stringValue))
        }
        guard let body, body.objectValue != nil else { throw LoginRefusal.malformedTokenAnswer }
        return try Answer(body)
    }

    private func request(_ grant: [(name: String, value: String)]) -> FetchRequest {
        let url = discovery.tokenEndpoint
        guard let secret = client.secret else {
            return FetchRequest(.tokens, at: url, form: Form.text(grant + [("client_id", client.id)]))
        }
        switch discovery.clientAuthentication {
        case .basic:
            // Both are encoded as in a form before they are joined (RFC 6749, 2.3.1): they may have colons in them.
            let pair = "\(Form.encoded(client.id)):\(Form.encoded(secret.revealed()))"
            let header = Secret("Basic \(Base64.text(Array(pair.utf8)))")
            return FetchRequest(.tokens, at: url, form: Form.text(grant), authorization: header)
        case .post:
            let fields = [("client_id", client.id), ("client_secret", secret.revealed())]
            return FetchRequest(.tokens, at: url, form: Form.text(grant + fields))
        }
    }
}

extension TokenEndpoint.Answer {
    fileprivate init(_ body: JSONValue) throws(LoginRefusal) {
        if let type = body["token_type"], type.stringValue?.lowercased() != "bearer" { throw .malformedTokenAnswer }
        idToken = try Self.secret("id_token", in: body)
        accessToken = try Self.secret("access_token", in: body)
        refreshToken = try Self.secret("refresh_token", in: body)
        accessSeconds = body["expires_in"]?.integerValue.flatMap { (0...31_536_000).contains($0) ? $0 : nil }
    }

    private static func secret(_ name: String, in body: JSONValue) throws(LoginRefusal) -> Secret? {
        guard let value = body[name], value != .null else { return nil }
        guard let text = value.stringValue, !text.isEmpty else { throw .malformedTokenAnswer }
        return Secret(text)
    }
}

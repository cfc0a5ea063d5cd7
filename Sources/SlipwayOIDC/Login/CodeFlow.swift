import SlipwayDomain

/// The authorization code flow with PKCE (OpenID Connect Core 3.1, RFC 7636, RFC 9207).
struct CodeFlow: Sendable {
    let settings: OIDCSettings
    let discovery: Remembered<Discovery>
    let verifier: TokenVerifier
    let fetch: any Fetch
    let clock: any WallClock

    func begin() async throws -> LoginAttempt {
        LoginAttempt(settings, try await discovery.current().value, at: clock.now())
    }

    /// The caller forgets the attempt before it calls this, so that no second return is answered.
    func finish(_ callback: CallbackParameters, _ attempt: LoginAttempt) async throws -> LoginResult {
        guard attempt.isAlive(at: clock.now()) else { throw LoginRefusal.attemptExpired }
        guard attempt.state.matches(callback["state"] ?? "") else { throw LoginRefusal.wrongState }
        let discovery = try await discovery.current().value
        try checkIssuer(callback["iss"], discovery)
        if let error = callback["error"] { throw LoginRefusal.refusedByProvider(ProviderWord(error)) }
        guard let code = callback["code"], !code.isEmpty else { throw LoginRefusal.codeMissing }
        let endpoint = TokenEndpoint(client: settings.client, discovery: discovery, fetch: fetch)
        let answer = try await endpoint.exchange(
            code: code, verifier: attempt.verifier, redirectURI: settings.redirectURI)
        guard let idToken = answer.idToken else { throw LoginRefusal.idTokenMissing }
        let token = try await verifier.idToken(
            idToken.revealed(), nonce: attempt.nonce, accessToken: answer.accessToken)
        return LoginResult(
            token: token, idToken: idToken, accessToken: answer.accessToken, refreshToken: answer.refreshToken,
            accessExpiresAt: expiry(answer))
    }

    func refresh(_ refreshToken: Secret, subject: String) async throws -> RefreshResult {
        let discovery = try await discovery.current().value
        let answer = try await TokenEndpoint(client: settings.client, discovery: discovery, fetch: fetch)
            .refresh(refreshToken)
        var token: VerifiedToken?
        if let idToken = answer.idToken {
            token = try await verifier.refreshedIDToken(
                idToken.revealed(), subject: subject, accessToken: answer.accessToken)
        }
        return RefreshResult(
            token: token, idToken: answer.idToken, accessToken: answer.accessToken,
            refreshToken: answer.refreshToken ?? refreshToken, accessExpiresAt: expiry(answer))
    }

    /// What the provider says of the access token's owner besides, when it says anything. That it is about the same
    /// person is checked (OpenID Connect Core 5.3.2).
    func userinfo(_ accessToken: Secret, subject: String) async throws -> JSONValue? {
        guard let endpoint = try await discovery.current().value.userinfoEndpoint else { return nil }
        let answer = try await fetch.fetch(
            FetchRequest(.userinfo, at: endpoint, authorization: Secret("Bearer \(accessToken.revealed())")))
        try answer.checkAvailability(of: .userinfo)
        guard answer.status == 200 else { throw ProviderRefusal.status(.userinfo, answer.status) }
        // One that is signed is no JSON; it says no more than an ID token can.
        guard let claims = try? JSONValue(parsing: answer.body), claims.objectValue != nil else { return nil }
        guard claims["sub"]?.stringValue?.isExactly(subject) == true else { throw LoginRefusal.otherPerson }
        return claims
    }

    /// Nil when the provider has no such logout.
    func endSessionURL(idTokenHint: Secret?, returnTo: String?, state: Secret?) async throws -> String? {
        guard let endpoint = try await discovery.current().value.endSessionEndpoint else { return nil }
        var fields = [("client_id", settings.clientID)]
        if let idTokenHint { fields.append(("id_token_hint", idTokenHint.revealed())) }
        if let returnTo { fields.append(("post_logout_redirect_uri", returnTo)) }
        if let state { fields.append(("state", state.revealed())) }
        return Form.address(endpoint, adding: fields)
    }

    /// Throws what is wrong with the provider.
    func checkProvider() async throws {
        _ = try await discovery.current()
        guard try await verifier.keys.count() > 0 else { throw ProviderRefusal.noKeys }
    }

    private func checkIssuer(_ issuer: String?, _ discovery: Discovery) throws(LoginRefusal) {
        if let issuer {
            guard issuer.isExactly(settings.issuer) else { throw .wrongIssuer }
        } else if discovery.namesIssuerInCallback {
            throw .wrongIssuer
        }
    }

    private func expiry(_ answer: TokenEndpoint.Answer) -> Timestamp? {
        answer.accessSeconds.map { clock.now().advanced(seconds: $0) }
    }
}

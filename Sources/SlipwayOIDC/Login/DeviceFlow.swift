package import SlipwayDomain

/// Signing a person in to a program that has no browser (RFC 8628), and what a public client does with the tokens later.
///
/// A `LoginRefusal` means that this sign-in came to nothing or is over; `ProviderUnavailable`, that it can be tried again;
/// `ProviderRefusal`, that somebody has to change the provider or the settings.
package struct DeviceFlow: Sendable {
    private let issuer: String
    private let client: ProviderClient
    private let fetch: any Fetch
    private let clock: any WallClock

    package init(issuer: String, clientID: String, fetch: any Fetch, clock: any WallClock) {
        self.issuer = issuer
        client = ProviderClient(id: clientID, secret: nil)
        self.fetch = fetch
        self.clock = clock
    }

    /// Asks for a code to show to the person; nil when the provider has no such flow. The audience is named for the
    /// providers that ask for one; others have it from the client's own settings and pass over it.
    package func begin(scopes: [String], audience: String) async throws -> DeviceGrant? {
        let discovery = try await discovery()
        guard let endpoint = discovery.deviceEndpoint else { return nil }
        let form = Form.text([
            ("client_id", client.id), ("scope", scopes.joined(separator: " ")), ("audience", audience),
        ])
        let answer = try await fetch.fetch(FetchRequest(.device, at: endpoint, form: form))
        try answer.checkAvailability(of: .device)
        let body = try? JSONValue(parsing: answer.body)
        guard answer.status == 200 else {
            throw LoginRefusal.refusedByDeviceEndpoint(ProviderWord(body?["error"]?.stringValue))
        }
        guard let body else { throw LoginRefusal.malformedDeviceAnswer }
        return try DeviceGrant(body, tokens: tokens(discovery))
    }

    /// Waits until the person has approved, or has refused, or the code's time is over. `pause` waits so many seconds.
    package func finish(
        _ grant: DeviceGrant, pause: @Sendable (_ seconds: Int64) async throws -> Void
    ) async throws -> ProgramTokens {
        var wait = DeviceWait(intervalSeconds: grant.intervalSeconds, lifeSeconds: grant.lifeSeconds)
        while true {
            try await pause(try wait.next())
            do {
                return try kept(await grant.tokens.exchange(deviceCode: grant.deviceCode))
            } catch LoginRefusal.refusedByTokenEndpoint(let word) {
                try wait.receive(word)
            } catch is ProviderUnavailable {
                wait.backOff()
            }
        }
    }

    /// New tokens for the refresh token; the one that comes with them takes its place.
    package func refresh(_ token: Secret) async throws -> ProgramTokens {
        try kept(await tokens(try await discovery()).refresh(token), refreshToken: token)
    }

    /// Takes a token back before its time; false when the provider has no way to do so. A provider that takes back a
    /// refresh token ends what came of it (RFC 7009, 2.1).
    package func revoke(_ token: Secret, isRefreshToken: Bool) async throws -> Bool {
        guard let endpoint = try await discovery().revocationEndpoint else { return false }
        let form = Form.text([
            ("token", token.revealed()), ("token_type_hint", isRefreshToken ? "refresh_token" : "access_token"),
            ("client_id", client.id),
        ])
        let answer = try await fetch.fetch(FetchRequest(.revocation, at: endpoint, form: form))
        try answer.checkAvailability(of: .revocation)
        guard answer.status == 200 else { throw ProviderRefusal.status(.revocation, answer.status) }
        return true
    }

    private func discovery() async throws -> Discovery {
        try await Discovery.fetched(issuer: issuer, hasSecret: false, by: fetch)
    }

    private func tokens(_ discovery: Discovery) -> TokenEndpoint {
        TokenEndpoint(client: client, discovery: discovery, fetch: fetch)
    }

    private func kept(
        _ answer: TokenEndpoint.Answer, refreshToken: Secret? = nil
    ) throws(LoginRefusal) -> ProgramTokens {
        guard let accessToken = answer.accessToken else { throw .accessTokenMissing }
        return ProgramTokens(
            accessToken: accessToken, refreshToken: answer.refreshToken ?? refreshToken,
            accessExpiresAt: answer.accessSeconds.map { clock.now().advanced(seconds: $0) })
    }
}

/// What a program keeps of a sign-in.
package struct ProgramTokens: Sendable {
    package let accessToken: Secret
    /// Nil when the provider gave none: then the sign-in lasts as long as the access token.
    package let refreshToken: Secret?
    /// As the provider says; nil when it does not.
    package let accessExpiresAt: Timestamp?
}

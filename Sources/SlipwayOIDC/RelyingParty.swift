package import Logging
package import SlipwayDomain

/// Slipway as a client of one OpenID Connect provider: it logs people in for the console and checks bearer tokens for
/// the API. It is made without a question to the provider, so that a server starts while its provider is down.
///
/// What cannot be believed is a `TokenRefusal` or a `LoginRefusal`; a provider that does not answer is
/// `ProviderUnavailable`, and one whose settings do not fit is a `ProviderRefusal`.
package struct RelyingParty: Sendable {
    package let settings: OIDCSettings
    private let verifier: TokenVerifier
    private let flow: CodeFlow

    package init(_ settings: OIDCSettings, fetch: any Fetch, clock: any WallClock, logger: Logger) {
        let discovery = Remembered(clock: clock, terms: .discovery) {
            try await Discovery.fetched(for: settings, by: fetch)
        }
        let keys = KeySet(discovery: discovery, fetch: fetch, clock: clock, logger: logger)
        self.settings = settings
        verifier = TokenVerifier(settings: settings, keys: keys, clock: clock)
        flow = CodeFlow(settings: settings, discovery: discovery, verifier: verifier, fetch: fetch, clock: clock)
    }

    /// Who a request's access token speaks for.
    package func bearer(_ token: String) async throws -> VerifiedToken {
        try await verifier.accessToken(token)
    }

    /// The browser is sent to the attempt's address; the attempt is kept, bound to that browser.
    package func beginLogin() async throws -> LoginAttempt {
        try await flow.begin()
    }

    /// Ends the attempt this browser began. The caller takes it out of its keeping first: an attempt that was used is
    /// used up, however it ended.
    package func finishLogin(_ callback: CallbackParameters, attempt: LoginAttempt) async throws -> LoginResult {
        try await flow.finish(callback, attempt)
    }

    /// Goes on with the session of this subject. A `LoginRefusal` means that the provider has ended it.
    package func refresh(_ refreshToken: Secret, subject: String) async throws -> RefreshResult {
        try await flow.refresh(refreshToken, subject: subject)
    }

    /// Where the browser is sent to log out at the provider too; nil when the provider offers no such thing. `returnTo`
    /// has to be registered there.
    package func endSessionURL(
        idTokenHint: Secret? = nil, returnTo: String? = nil, state: Secret? = nil
    ) async throws -> String? {
        try await flow.endSessionURL(idTokenHint: idTokenHint, returnTo: returnTo, state: state)
    }

    /// What a login says of a person: the ID token's claims, with what the userinfo endpoint says besides.
    package func claims(of login: LoginResult) async throws -> JSONValue {
        try await claims(login.token, subject: login.token.subject, login.accessToken) ?? login.token.claims
    }

    /// What a refresh says of the person; nil when it says nothing, and what was said last still holds.
    package func claims(of refresh: RefreshResult, subject: String) async throws -> JSONValue? {
        try await claims(refresh.token, subject: subject, refresh.accessToken)
    }

    private func claims(_ token: VerifiedToken?, subject: String, _ accessToken: Secret?) async throws -> JSONValue? {
        guard let accessToken, let more = try await flow.userinfo(accessToken, subject: subject) else {
            return token?.claims
        }
        let own = token?.claims.objectValue ?? [:]
        return .object(own.merging(more.objectValue ?? [:], uniquingKeysWith: { own, _ in own }))
    }

    /// What somebody of these claims may be here.
    package func access(of claims: JSONValue) -> MappedAccess {
        settings.mapping.access(of: claims)
    }

    /// Asks the provider for its discovery document and keys, and throws what is wrong with them: for a check before
    /// anybody logs in.
    package func checkProvider() async throws {
        try await flow.checkProvider()
    }
}

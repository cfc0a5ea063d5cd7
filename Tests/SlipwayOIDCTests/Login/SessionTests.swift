import Logging
import SlipwayDomain
import SlipwayTesting
import Testing

@testable import SlipwayOIDC

/// What comes after the login: going on, logging out, and the ways to prove who the client is.
@Suite(.timeLimit(.minutes(15))) struct SessionTests {
    private let provider: ScriptedProvider
    private let clock = ManualClock()

    init() throws {
        provider = try ScriptedProvider()
    }

    private func party(_ settings: OIDCSettings? = nil) throws -> RelyingParty {
        RelyingParty(
            try settings ?? Forge.settings(), fetch: provider, clock: clock, logger: Logger(label: "oidc"))
    }

    @Test func `a session goes on with new tokens, or the old refresh token`() async throws {
        let token = try Forge.token(BadToken.changed(Forge.idClaims, ["nonce": nil]))
        await provider.answer(
            .tokens, with: ["access_token": "a-2", "refresh_token": "r-2", "id_token": .string(token)])
        let first = try await party().refresh(Secret("r-1"), subject: "ann")
        #expect(first.token?.subject == "ann" && first.refreshToken.revealed() == "r-2")
        #expect(first.accessExpiresAt == nil)
        await provider.answer(.tokens, with: ["access_token": "a-3"])
        let second = try await party().refresh(Secret("r-2"), subject: "ann")
        #expect(second.token == nil && second.idToken == nil && second.refreshToken.revealed() == "r-2")
        #expect(second.accessToken?.revealed() == "a-3")
    }

    @Test func `a session does not become another person's`() async throws {
        for (claims, refusal): ([String: JSONValue?], TokenRefusal) in [
            (["sub": "bob"], .otherPerson), (["iss": "https://evil.example.test"], .wrongIssuer),
            (["aud": "other"], .wrongAudience),
        ] {
            let token = try Forge.token(BadToken.changed(Forge.idClaims, claims))
            await provider.answer(.tokens, with: ["access_token": "a-2", "id_token": .string(token)])
            let party = try party()
            await #expect(throws: refusal) { _ = try await party.refresh(Secret("r-1"), subject: "ann") }
        }
    }

    @Test func `a session that the provider ended is over`() async throws {
        await provider.answer(.tokens, with: ["error": "invalid_grant"], status: 400)
        let party = try party()
        await #expect(throws: LoginRefusal.refusedByTokenEndpoint(ProviderWord("invalid_grant"))) {
            _ = try await party.refresh(Secret("r-1"), subject: "ann")
        }
    }

    @Test func `the secret goes into the form when the provider wants it there`() async throws {
        await provider.answer(
            .discovery,
            with: ScriptedProvider.document(["token_endpoint_auth_methods_supported": ["client_secret_post"]]))
        await provider.answer(.tokens, with: ["access_token": "a-2"])
        _ = try await party().refresh(Secret("r-1"), subject: "ann")
        let request = try #require(await provider.requests.last)
        #expect(request.authorization == nil)
        #expect(request.form?.hasSuffix("&client_id=slipway-console&client_secret=s3cret%3A%26") == true)
    }

    @Test func `a client without a secret sends its name alone`() async throws {
        await provider.answer(.tokens, with: ["access_token": "a-2"])
        _ = try await party(Forge.settings(clientSecret: nil)).refresh(Secret("r-1"), subject: "ann")
        let request = try #require(await provider.requests.last)
        #expect(request.authorization == nil)
        #expect(request.form == "grant_type=refresh_token&refresh_token=r-1&client_id=slipway-console")
    }

    @Test func `logging out at the provider has an address, where there is such a thing`() async throws {
        let url = try await party().endSessionURL(
            idTokenHint: Secret("a.b.c"), returnTo: "https://slipway.example.test/?a=b", state: Secret("s"))
        #expect(
            url == "https://id.example.test/logout?client_id=slipway-console&id_token_hint=a.b.c"
                + "&post_logout_redirect_uri=https%3A%2F%2Fslipway.example.test%2F%3Fa%3Db&state=s")
        await provider.answer(.discovery, with: ScriptedProvider.document(["end_session_endpoint": nil]))
        #expect(try await party().endSessionURL() == nil)
    }

    @Test func `a bearer token is an access token`() async throws {
        #expect(try await party().bearer(Forge.token(Forge.accessClaims)).subject == "ann")
        let (party, idToken) = (try party(), try Forge.token())
        await #expect(throws: TokenRefusal.idTokenAsAccessToken) { _ = try await party.bearer(idToken) }
    }

    static let queries: [(String, LoginRefusal?)] = [
        ("code=a&state=b", nil), ("", nil), ("code=a%20b&state=%C3%A9", nil), ("code", nil),
        ("code=a&code=b", .malformedCallback), ("code=%zz", .malformedCallback), ("code=%", .malformedCallback),
        ("code=%FF", .malformedCallback), ("c%6Fde=a&code=b", .malformedCallback),
        ("code=" + String(repeating: "a", count: 16_384), .malformedCallback),
    ]

    @Test(arguments: queries)
    func `what the browser brings is read strictly`(_ query: String, _ refusal: LoginRefusal?) throws {
        guard let refusal else {
            _ = try CallbackParameters(query: query)
            return
        }
        #expect(throws: refusal) { _ = try CallbackParameters(query: query) }
    }
}

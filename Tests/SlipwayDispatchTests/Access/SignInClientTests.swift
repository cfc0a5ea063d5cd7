import SlipwayDomain
import SlipwayTesting
import Testing

/// What a program is told before it has anybody to speak for.
@Suite(.timeLimit(.minutes(15))) struct SignInClientTests {
    @Test func `in mock mode it is told the mode, and nothing to sign in to`() async throws {
        try await WebFixture.with { web in
            let answer = try await web.get("/auth/client", actor: nil)
            #expect(answer.status == 200)
            #expect(answer.json == ["mode": "mock-auth-header"])
        }
    }

    @Test func `in oidc mode it is told what any browser could see, and no secret`() async throws {
        try await WebFixture.with(signIn: OIDCFixture()) { web in
            let answer = try await web.get("/auth/client", actor: nil)
            #expect(answer.status == 200)
            #expect(
                answer.json == [
                    "mode": "oidc", "issuer": .string(OIDCFixture.issuer), "clientId": "slipway-cli",
                    "scopes": ["openid"], "audience": "slipway-api",
                ])
            #expect(!answer.text.contains(OIDCFixture.secret))
        }
    }
}

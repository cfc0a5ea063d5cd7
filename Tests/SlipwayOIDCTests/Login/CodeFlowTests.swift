import Crypto
import Logging
import SlipwayDomain
import SlipwayTesting
import Testing

@testable import SlipwayOIDC

/// Logging in, against a provider that answers well or in any other way.
@Suite(.timeLimit(.minutes(15))) struct CodeFlowTests {
    private let provider: ScriptedProvider
    private let clock = ManualClock()
    private let party: RelyingParty

    init() throws {
        provider = try ScriptedProvider()
        party = RelyingParty(try Forge.settings(), fetch: provider, clock: clock, logger: Logger(label: "oidc"))
    }

    @Test func `the browser is sent with a challenge, and the secrets stay here`() async throws {
        let attempt = try await party.beginLogin()
        let (address, query) = try split(attempt.authorizationURL)
        #expect(address == "https://id.example.test/authorize")
        #expect(query["tenant"] == "1", "what stood in the endpoint's query stays")
        #expect(query["response_type"] == "code" && query["scope"] == "openid" && query["client_id"] == Forge.client)
        #expect(query["redirect_uri"] == "https://slipway.example.test/login/callback")
        #expect(query["code_challenge_method"] == "S256")
        let hash = SHA256.hash(data: Array(attempt.verifier.revealed().utf8))
        #expect(query["code_challenge"] == Base64URL.text(Array(hash)))
        #expect(query["state"] == attempt.state.revealed() && query["nonce"] == attempt.nonce.revealed())
        #expect(!attempt.authorizationURL.contains(attempt.verifier.revealed()))
        let other = try await party.beginLogin()
        let secrets = [attempt, other].flatMap { [$0.state, $0.nonce, $0.verifier] }.map { $0.revealed() }
        #expect(Set(secrets).count == 6 && secrets.allSatisfy { Base64URL.bytes($0)?.count == 32 })
    }

    @Test func `a login ends with who it is and the tokens to keep`() async throws {
        let attempt = try await begin()
        let result = try await party.finishLogin(callback(attempt), attempt: attempt)
        #expect(result.token.subject == "ann")
        #expect(result.accessToken?.revealed() == Forge.accessToken)
        #expect(result.refreshToken?.revealed() == "refresh-1")
        #expect(result.accessExpiresAt == Timestamp(seconds: Forge.now + 60))
        #expect(party.access(of: result.token.claims) == MappedAccess(role: "dispatcher", tenants: .named([])))
        let request = try #require(await provider.requests.first { $0.document == .tokens })
        let form = try #require(request.form.map { try CallbackParameters(query: $0) })
        #expect(form["grant_type"] == "authorization_code" && form["code"] == "code-1")
        #expect(form["code_verifier"] == attempt.verifier.revealed() && form["client_secret"] == nil)
        #expect(request.authorization?.revealed() == "Basic " + Base64.text(Array("slipway-console:s3cret%3A%26".utf8)))
    }

    static let callbacks: [(String, [String: String?], LoginRefusal)] = [
        ("another state", ["state": "x"], .wrongState), ("no state", ["state": nil], .wrongState),
        ("another issuer", ["iss": "https://evil.example.test"], .wrongIssuer),
        ("no issuer though the provider names it", ["iss": nil], .wrongIssuer),
        ("another issuer's error", ["iss": "https://evil.example.test", "error": "access_denied"], .wrongIssuer),
        ("an error", ["error": "access_denied"], .refusedByProvider(ProviderWord("access_denied"))),
        ("an error that is no word", ["error": "<b>"], .refusedByProvider(ProviderWord(nil))),
        ("an error and another state", ["error": "access_denied", "state": "x"], .wrongState),
        ("no code", ["code": nil], .codeMissing), ("an empty code", ["code": ""], .codeMissing),
    ]

    @Test(arguments: callbacks)
    func `is refused before a code is sent: a browser that comes back with`(
        _ name: String, _ changes: [String: String?], _ refusal: LoginRefusal
    ) async throws {
        let attempt = try await begin()
        let callback = callback(attempt, changes)
        await #expect(throws: refusal) { _ = try await party.finishLogin(callback, attempt: attempt) }
        #expect(await provider.count(of: .tokens) == 0)
    }

    @Test func `an issuer that nobody promised is checked all the same`() async throws {
        await provider.answer(
            .discovery, with: ScriptedProvider.document(["authorization_response_iss_parameter_supported": false]))
        let attempt = try await begin()
        let wrong = callback(attempt, ["iss": "https://evil.example.test"])
        await #expect(throws: LoginRefusal.wrongIssuer) { _ = try await party.finishLogin(wrong, attempt: attempt) }
        _ = try await party.finishLogin(callback(attempt, ["iss": nil]), attempt: attempt)
    }

    @Test func `an attempt lives ten minutes`() async throws {
        let attempt = try await begin()
        clock.advance(seconds: 600)
        let late = callback(attempt)
        await #expect(throws: LoginRefusal.attemptExpired) { _ = try await party.finishLogin(late, attempt: attempt) }
        clock.jump(seconds: -630)
        _ = try await party.finishLogin(callback(attempt), attempt: attempt)
    }

    static let answers: [(String, JSONValue, Int, any Error & Sendable)] = [
        ("no ID token", ["access_token": "a", "token_type": "Bearer"], 200, LoginRefusal.idTokenMissing),
        ("an empty ID token", ["id_token": ""], 200, LoginRefusal.malformedTokenAnswer),
        ("an ID token that is a number", ["id_token": 7], 200, LoginRefusal.malformedTokenAnswer),
        ("a list", [], 200, LoginRefusal.malformedTokenAnswer),
        ("tokens of another type", ["id_token": "a.b.c", "token_type": "mac"], 200, LoginRefusal.malformedTokenAnswer),
        (
            "a used code", ["error": "invalid_grant"], 400,
            LoginRefusal.refusedByTokenEndpoint(ProviderWord("invalid_grant"))
        ),
        ("a page", "oops", 401, LoginRefusal.refusedByTokenEndpoint(ProviderWord(nil))),
        ("a redirect", [:], 302, LoginRefusal.refusedByTokenEndpoint(ProviderWord(nil))),
        ("an ID token that is none", ["id_token": "a.b.c"], 200, TokenRefusal.notBase64URL(.header)),
        ("trouble", [:], 500, ProviderUnavailable(.tokens, .status(500))),
    ]

    @Test(arguments: answers)
    func `is no login: a token endpoint that answers with`(
        _ name: String, _ answer: JSONValue, _ status: Int, _ error: any Error & Sendable
    ) async throws {
        let attempt = try await party.beginLogin()
        await provider.answer(.tokens, with: answer, status: status)
        let callback = callback(attempt)
        await #expect {
            _ = try await party.finishLogin(callback, attempt: attempt)
        } throws: {
            "\($0)" == "\(error)"
        }
    }

    @Test func `an ID token of another login is refused`() async throws {
        let (attempt, other) = (try await begin(), try await begin())
        let callback = callback(attempt)
        await #expect(throws: TokenRefusal.wrongNonce) { _ = try await party.finishLogin(callback, attempt: attempt) }
        _ = try await party.finishLogin(self.callback(other), attempt: other)
    }

    @Test func `a provider that is not there is not a refusal`() async throws {
        let attempt = try await party.beginLogin()
        await provider.answer(.tokens) { _ in throw ProviderUnavailable(.tokens, .timedOut) }
        let callback = callback(attempt)
        await #expect(throws: ProviderUnavailable(.tokens, .timedOut)) {
            _ = try await party.finishLogin(callback, attempt: attempt)
        }
    }

    /// Begins a login that the token endpoint will answer well.
    private func begin() async throws -> LoginAttempt {
        let attempt = try await party.beginLogin()
        let token = try Forge.token(
            BadToken.changed(Forge.idClaims, ["nonce": .string(attempt.nonce.revealed())]))
        await provider.answer(
            .tokens,
            with: [
                "id_token": .string(token), "access_token": .string(Forge.accessToken), "token_type": "Bearer",
                "refresh_token": "refresh-1", "expires_in": 60,
            ])
        return attempt
    }

    private func callback(_ attempt: LoginAttempt, _ changes: [String: String?] = [:]) -> CallbackParameters {
        var values = ["state": attempt.state.revealed(), "code": "code-1", "iss": Forge.issuer, "session_state": "7"]
        for (name, value) in changes { values[name] = value }
        return CallbackParameters(values)
    }

    private func split(_ url: String) throws -> (String, CallbackParameters) {
        let parts = url.split(separator: "?", maxSplits: 1).map(String.init)
        return (parts[0], try CallbackParameters(query: parts[1]))
    }
}

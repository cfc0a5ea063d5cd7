import Logging
import SlipwayDomain
import SlipwayTesting
import Testing

@testable import SlipwayOIDC

@Suite struct DiscoveryTests {
    static let refused: [(String, [String: JSONValue?], ProviderRefusal)] = [
        ("another issuer", ["issuer": "https://evil.example.test"], .issuerMismatch),
        ("the issuer with a slash behind it", ["issuer": .string(Forge.issuer + "/")], .issuerMismatch),
        ("the issuer in capitals", ["issuer": .string(Forge.issuer.uppercased())], .issuerMismatch),
        ("no issuer", ["issuer": nil], .issuerMismatch),
        ("no token endpoint", ["token_endpoint": nil], .missing("token_endpoint")),
        ("no keys", ["jwks_uri": .null], .missing("jwks_uri")),
        ("keys over http", ["jwks_uri": "http://id.example.test/keys"], .insecureEndpoint("jwks_uri")),
        ("keys in a file", ["jwks_uri": "file:///etc/passwd"], .insecureEndpoint("jwks_uri")),
        ("keys of a user", ["jwks_uri": "https://a@id.example.test/k"], .insecureEndpoint("jwks_uri")),
        ("keys at a number", ["jwks_uri": 7], .insecureEndpoint("jwks_uri")),
        (
            "a logout over http", ["end_session_endpoint": "http://id.example.test/"],
            .insecureEndpoint("end_session_endpoint")
        ),
        ("PKCE in plain only", ["code_challenge_methods_supported": ["plain"]], .noPKCE),
        ("no way of PKCE", ["code_challenge_methods_supported": []], .noPKCE),
        ("the implicit flow only", ["response_types_supported": ["id_token"]], .noCodeFlow),
        ("flows as text", ["response_types_supported": "code"], .malformed(.discovery)),
        ("certificates only", ["token_endpoint_auth_methods_supported": ["tls_client_auth"]], .noClientAuthentication),
    ]

    @Test(arguments: refused)
    func `is refused: a provider with`(
        _ name: String, _ changes: [String: JSONValue?], _ refusal: ProviderRefusal
    ) throws {
        #expect(throws: refusal) { _ = try discovery(changes) }
    }

    @Test func `what is not said has the meaning that the standard gives it`() throws {
        let discovery = try discovery([
            "end_session_endpoint": nil, "response_types_supported": nil,
            "code_challenge_methods_supported": nil, "token_endpoint_auth_methods_supported": nil,
            "authorization_response_iss_parameter_supported": nil,
        ])
        #expect(discovery.endSessionEndpoint == nil)
        #expect(!discovery.namesIssuerInCallback)
        #expect(discovery.clientAuthentication == .basic)
        #expect(
            try self.discovery(["token_endpoint_auth_methods_supported": ["client_secret_post"]])
                .clientAuthentication == .post)
    }

    @Test func `a provider on this machine needs no certificate`() throws {
        let discovery = try discovery([
            "jwks_uri": "http://127.0.0.1:8080/keys", "token_endpoint": "http://localhost/token",
        ])
        #expect(discovery.keysEndpoint == "http://127.0.0.1:8080/keys")
    }

    static let addresses: [(String, Bool)] = [
        ("https://id.example.test", true), ("https://id.example.test:8443/a?b=c", true),
        ("http://localhost:5000", true),
        ("http://[::1]:5000/a", true), ("http://127.0.0.1", true), ("http://id.example.test", false),
        ("http://localhost.example.test", false), ("http://127.0.0.1.example.test", false),
        ("HTTPS://id.example.test", false), ("https://", false), ("https:///a", false), ("//id.example.test", false),
        ("https://id.example.test#a", false), ("https://id.example.test/\\@evil", false),
        ("https://good@evil.test", false), ("https://id.example.test/ a", false), ("https://id.example.test/\n", false),
        ("https://idé.example.test", false), ("javascript:alert(1)", false), ("https://a:99999", false), ("", false),
    ]

    @Test(arguments: addresses)
    func `an address of the provider`(_ address: String, _ isAcceptable: Bool) {
        #expect(ProviderURL.isAcceptable(address) == isAcceptable)
    }

    @Test func `it is asked for where the issuer says, and for nothing but 200`() async throws {
        let provider = try ScriptedProvider()
        _ = try await Discovery.fetched(for: Forge.settings(), by: provider)
        #expect(await provider.requests.map(\.url) == [Forge.issuer + "/.well-known/openid-configuration"])
        for (status, error) in [(404, ProviderRefusal.status(.discovery, 404)), (301, .status(.discovery, 301))] {
            await provider.answer(.discovery, with: ScriptedProvider.document, status: status)
            await #expect(throws: error) { _ = try await Discovery.fetched(for: Forge.settings(), by: provider) }
        }
        for status in [500, 503, 429] {
            await provider.answer(.discovery, with: ScriptedProvider.document, status: status)
            await #expect(throws: ProviderUnavailable(.discovery, .status(status))) {
                _ = try await Discovery.fetched(for: Forge.settings(), by: provider)
            }
        }
    }

    @Test func `the check of a provider finds what is wrong before anybody logs in`() async throws {
        let provider = try ScriptedProvider()
        let clock = ManualClock()
        let party = RelyingParty(try Forge.settings(), fetch: provider, clock: clock, logger: Logger(label: "oidc"))
        try await party.checkProvider()
        clock.advance(seconds: 3600)
        await provider.answer(.keys, with: ["keys": [["kty": "oct", "k": "AQAB"]]])
        await #expect(throws: ProviderRefusal.noKeys) { try await party.checkProvider() }
    }

    private func discovery(_ changes: [String: JSONValue?]) throws -> Discovery {
        try Discovery(
            parsing: ScriptedProvider.document(changes).canonicalBytes, issuer: Forge.issuer, hasSecret: true)
    }
}

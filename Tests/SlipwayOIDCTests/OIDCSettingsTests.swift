import SlipwayDomain
import Testing

@testable import SlipwayOIDC

@Suite struct OIDCSettingsTests {
    static let wrong: [(String, OIDCSettingsError, @Sendable () throws -> OIDCSettings)] = [
        ("an issuer over http", .issuer, { try settings(issuer: "http://id.example.test") }),
        ("an issuer with a query", .issuer, { try settings(issuer: "https://id.example.test?a") }),
        ("a callback over http", .redirectURI, { try settings(redirectURI: "http://slipway.example.test/") }),
        ("no client", .empty("the client's id"), { try settings(clientID: "") }),
        ("no algorithm", .empty("the list of algorithms"), { try settings(algorithms: []) }),
        ("scopes without openid", .scopes, { try settings(scopes: ["profile"]) }),
        ("a scope of two words", .scopes, { try settings(scopes: ["openid", "a b"]) }),
        ("a negative age", .maximumAuthenticationAge, { try settings(age: -1) }),
    ]

    @Test(arguments: wrong)
    func `are refused`(
        _ name: String, _ error: OIDCSettingsError, _ make: @Sendable () throws -> OIDCSettings
    ) {
        #expect(throws: error) { _ = try make() }
    }

    @Test func `a provider and a callback on this machine may do without a certificate`() throws {
        let settings = try Self.settings(issuer: "http://127.0.0.1:5000", redirectURI: "http://localhost:8080/callback")
        #expect(settings.algorithms == Set(SignatureAlgorithm.allCases))
    }

    @Test func `a secret is not printed`() throws {
        let settings = try Forge.settings(clientSecret: Secret("hush-hush"))
        var dumped = ""
        dump(settings, to: &dumped)
        for text in ["\(settings)", String(reflecting: settings), dumped, "\(Secret("hush-hush"))"] {
            #expect(!text.contains("hush"))
        }
        #expect(Secret("a").matches("a") && !Secret("a").matches("b") && !Secret("a").matches("aa"))
    }

    @Test func `base64url has one text for one sequence of bytes`() {
        for count in 0..<40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ 251) }
            let text = Base64URL.text(bytes)
            #expect(Base64URL.bytes(text) == bytes)
            #expect(Base64URL.bytes(text + "=") == nil)
        }
        for text in ["A", "AB", "AAB", "+A", "A/", "A A", "AAAAA", "Ä"] {
            #expect(Base64URL.bytes(text) == nil, "\(text)")
        }
        #expect(Base64URL.bytes("AQ") == [1])
    }

    private static func settings(
        issuer: String = Forge.issuer, redirectURI: String = "https://slipway.example.test/callback",
        clientID: String = Forge.client, algorithms: Set<SignatureAlgorithm> = Set(SignatureAlgorithm.allCases),
        scopes: [String] = ["openid", "profile"], age: Int64? = nil
    ) throws -> OIDCSettings {
        try OIDCSettings(
            issuer: issuer, clientID: clientID, clientSecret: nil, redirectURI: redirectURI,
            apiAudience: Forge.audience, algorithms: algorithms, scopes: scopes, maximumAuthenticationAge: age,
            mapping: ClaimMapping(rolesClaim: "groups", roles: [], tenantsClaim: "tenants"))
    }
}

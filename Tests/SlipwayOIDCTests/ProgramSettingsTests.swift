import SlipwayDomain
import Testing

@testable import SlipwayOIDC

/// What a server tells programs about signing in, written by one side and read by the other.
@Suite struct ProgramSettingsTests {
    @Test func `what is written is read again`() throws {
        for client in ["slipway-cli", nil] {
            let settings = try ProgramSettings(
                issuer: Forge.issuer, clientID: client, scopes: ["openid", "groups"], audience: "slipway-api")
            #expect(try ProgramSettings(parsing: .object(settings.json)) == settings)
        }
    }

    static let wrong: [(String, [String: JSONValue?], OIDCSettingsError)] = [
        ("no issuer", ["issuer": nil], .issuer), ("an issuer over http", ["issuer": "http://id.example.test"], .issuer),
        ("an empty client", ["clientId": ""], .empty("the id of the client of command lines")),
        ("no audience", ["audience": nil], .empty("the API's audience")),
        ("a scope of two words", ["scopes": ["a b"]], .programScopes), ("a number", ["scopes": [7]], .programScopes),
    ]

    @Test(arguments: wrong)
    func `is refused: a server that says`(
        _ name: String, _ changes: [String: JSONValue?], _ error: OIDCSettingsError
    ) throws {
        var members: [String: JSONValue] = [
            "issuer": .string(Forge.issuer), "clientId": "slipway-cli", "scopes": ["openid"], "audience": "slipway-api",
        ]
        for (name, value) in changes { members[name] = value }
        #expect(throws: error) { _ = try ProgramSettings(parsing: .object(members)) }
    }

    @Test func `programs ask for what people at a browser ask for, unless it is said`() throws {
        #expect(try settings().programs.scopes == ["openid", "groups"])
        #expect(try settings(cliScopes: ["api", "offline_access"]).programs.scopes == ["api", "offline_access"])
        #expect(try settings().programs.audience == Forge.audience)
        #expect(throws: OIDCSettingsError.programScopes) { _ = try settings(cliScopes: ["a b"]) }
    }

    @Test func `the client of command lines is not one that has a secret`() throws {
        #expect(throws: OIDCSettingsError.cliClient) {
            _ = try settings(secret: Secret("s"), cliClientID: Forge.client)
        }
        #expect(try settings(cliClientID: Forge.client).programs.clientID == Forge.client)
    }

    @Test func `an ID token for programs does not open an API of the same name`() async throws {
        let fixture = try await VerifierFixture(settings(audience: "slipway-cli", cliClientID: "slipway-cli"))
        let idToken = try Forge.token(BadToken.changed(Forge.idClaims, ["nonce": nil, "aud": "slipway-cli"]))
        await #expect(throws: TokenRefusal.idTokenAsAccessToken) { _ = try await fixture.verifier.accessToken(idToken) }
        let accessToken = try Forge.token(BadToken.changed(Forge.accessClaims, ["aud": "slipway-cli"]))
        #expect(try await fixture.verifier.accessToken(accessToken).subject == "ann")
    }

    private func settings(
        secret: Secret? = nil, audience: String = Forge.audience, cliClientID: String? = "slipway-cli",
        cliScopes: [String]? = nil
    ) throws -> OIDCSettings {
        try OIDCSettings(
            issuer: Forge.issuer, clientID: Forge.client, clientSecret: secret,
            redirectURI: "https://slipway.example.test/callback", apiAudience: audience, scopes: ["openid", "groups"],
            mapping: ClaimMapping(rolesClaim: "groups", roles: [], tenantsClaim: "tenants"),
            cliClientID: cliClientID, cliScopes: cliScopes)
    }
}

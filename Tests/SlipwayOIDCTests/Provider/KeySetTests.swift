import SlipwayDomain
import SlipwayTesting
import Testing

@testable import SlipwayOIDC

@Suite(.timeLimit(.minutes(15))) struct KeySetTests {
    @Test func `keys are fetched once, and again after an hour`() async throws {
        let fixture = try await VerifierFixture()
        for _ in 0..<3 { _ = try await fixture.keys.key(named: "rsa", for: .rs256) }
        #expect(await fixture.provider.count(of: .keys) == 1)
        fixture.clock.advance(seconds: 3599)
        _ = try await fixture.keys.key(named: "rsa", for: .rs256)
        #expect(await fixture.provider.count(of: .keys) == 1)
        fixture.clock.advance(seconds: 1)
        _ = try await fixture.keys.key(named: "rsa", for: .rs256)
        #expect(await fixture.provider.count(of: .keys) == 2)
    }

    @Test func `a key that is new is found at once, and names nobody has ask once in five minutes`() async throws {
        let fixture = try await VerifierFixture(keys: [TestKey.issuerRSA.get().jwk("old")])
        let token = try Forge.token(header: Forge.header(.rs256, "new"), key: TestKey.foreignRSA.get())
        _ = try await fixture.keys.key(named: "old", for: .rs256)
        await fixture.provider.answer(.keys, with: ["keys": [try TestKey.foreignRSA.get().jwk("new")]])
        _ = try await fixture.idToken(token)
        #expect(await fixture.provider.count(of: .keys) == 2)
        for id in ["old", "other", "another"] {
            await #expect(throws: TokenRefusal.unknownKey) { _ = try await fixture.keys.key(named: id, for: .rs256) }
        }
        #expect(await fixture.provider.count(of: .keys) == 2, "the cool-down holds for the issuer, not for a name")
        fixture.clock.advance(seconds: 299)
        await #expect(throws: TokenRefusal.unknownKey) { _ = try await fixture.keys.key(named: "old", for: .rs256) }
        #expect(await fixture.provider.count(of: .keys) == 2)
        fixture.clock.advance(seconds: 1)
        await #expect(throws: TokenRefusal.unknownKey) { _ = try await fixture.keys.key(named: "old", for: .rs256) }
        #expect(await fixture.provider.count(of: .keys) == 3)
    }

    @Test func `many who bring the new key at once are all let in by one fetch`() async throws {
        let fixture = try await VerifierFixture(keys: [TestKey.issuerRSA.get().jwk("old")])
        _ = try await fixture.keys.key(named: "old", for: .rs256)
        await fixture.provider.answer(.keys, with: ["keys": [try TestKey.issuerP256.jwk("new")]])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask { _ = try await fixture.keys.key(named: "new", for: .es256) }
            }
            try await group.waitForAll()
        }
        #expect(await fixture.provider.count(of: .keys) == 2)
    }

    @Test func `a single key needs no name`() async throws {
        let fixture = try await VerifierFixture(keys: [TestKey.issuerRSA.get().jwk(nil)])
        _ = try await fixture.idToken(
            Forge.token(header: BadToken.changed(Forge.header(), ["kid": nil])))
        await #expect(throws: TokenRefusal.algorithmNotOfKey) {
            _ = try await fixture.keys.key(named: nil, for: .es256)
        }
    }

    @Test func `one name on two keys is told apart by the algorithm, or refused`() async throws {
        let fixture = try await VerifierFixture(keys: [
            TestKey.issuerRSA.get().jwk("a"), TestKey.issuerP256.jwk("a"), TestKey.foreignP256.jwk("b"),
            TestKey.issuerP256.jwk("b"),
        ])
        _ = try await fixture.keys.key(named: "a", for: .rs256)
        _ = try await fixture.keys.key(named: "a", for: .es256)
        await #expect(throws: TokenRefusal.ambiguousKey) { _ = try await fixture.keys.key(named: "b", for: .es256) }
    }

    static let unusable: [(String, [String: JSONValue])] = [
        ("for encryption", ["use": "enc"]), ("that only signs", ["key_ops": ["sign"]]),
        ("of another algorithm", ["alg": "ES256"]), ("of an unknown algorithm", ["alg": "RS384"]),
        ("with a number for a name", ["kid": 7]), ("that gives itself away", ["d": "AQAB"]),
        ("of an unknown kind", ["kty": "oct", "k": "AQAB"]), ("with padding", ["e": "AQAB="]),
        ("with an even exponent", ["e": "Ag"]), ("without a modulus", ["n": .null]),
        ("that is too short", ["n": "AQAB"]),
        ("of no kind", ["kty": .null]),
    ]

    @Test(arguments: unusable)
    func `is left out: a key`(_ name: String, _ members: [String: JSONValue]) throws {
        #expect(ProviderKey(try TestKey.issuerRSA.get().jwk("a")) != nil)
        #expect(ProviderKey(try TestKey.issuerRSA.get().jwk("a", adding: members)) == nil)
    }

    @Test func `points that are not on the curve are no keys`() throws {
        let wrong: [(TestKey, [String: JSONValue])] = [
            (TestKey.issuerP256, ["x": .string(Base64URL.text([UInt8](repeating: 1, count: 32)))]),
            (TestKey.issuerP256, ["crv": "P-384"]), (TestKey.issuerP256, ["y": "AQAB"]),
            (TestKey.issuerEd25519, ["x": "AQAB"]), (TestKey.issuerEd25519, ["crv": "X25519"]),
        ]
        for (key, members) in wrong { #expect(ProviderKey(try key.jwk("a", adding: members)) == nil, "\(members)") }
    }

    @Test func `a provider that is down is not a bad token, and old keys help for a while`() async throws {
        let fixture = try await VerifierFixture()
        let token = try Forge.token(BadToken.changed(Forge.accessClaims, ["exp": .integer(Forge.now + 90_000)]))
        _ = try await fixture.verifier.accessToken(token)
        await fixture.provider.answer(.keys, with: [:], status: 503)
        fixture.clock.advance(seconds: 21_599)
        _ = try await fixture.verifier.accessToken(token)
        fixture.clock.advance(seconds: 1)
        await #expect(throws: ProviderUnavailable(.keys, .status(503))) {
            _ = try await fixture.verifier.accessToken(token)
        }
        let asked = await fixture.provider.count(of: .keys)
        await #expect(throws: ProviderUnavailable.self) { _ = try await fixture.verifier.accessToken(token) }
        #expect(await fixture.provider.count(of: .keys) == asked, "one failure is told to everybody for five seconds")
        fixture.clock.advance(seconds: 5)
        await #expect(throws: ProviderUnavailable.self) { _ = try await fixture.verifier.accessToken(token) }
        #expect(await fixture.provider.count(of: .keys) == asked + 1)
    }

    @Test func `keys that cannot be read are the provider's fault`() async throws {
        let fixture = try await VerifierFixture()
        await fixture.provider.answer(.keys) { _ in
            FetchAnswer(status: 200, body: Array(#"{"keys":{},"keys":[]}"#.utf8))
        }
        await #expect(throws: ProviderRefusal.malformed(.keys)) { _ = try await fixture.keys.count() }
        fixture.clock.advance(seconds: 5)
        await fixture.provider.answer(.keys, with: [:], status: 302)
        await #expect(throws: ProviderRefusal.status(.keys, 302)) { _ = try await fixture.keys.count() }
    }
}

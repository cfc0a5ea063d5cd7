import Crypto
import SlipwayDomain
import SlipwayTesting
import Testing

@testable import SlipwayOIDC

/// What is refused and what is accepted. All keys are real; the time is the manual clock's.
@Suite(.timeLimit(.minutes(15))) struct TokenVerifierTests {
    @Test(arguments: BadToken.all)
    func `is refused for its reason`(_ bad: BadToken) async throws {
        let fixture = try await VerifierFixture()
        let token = try bad.make()
        await #expect(throws: bad.refusal) {
            switch bad.use {
            case .idToken: _ = try await fixture.idToken(token)
            case .accessToken: _ = try await fixture.verifier.accessToken(token)
            }
        }
    }

    @Test func `the corpus has no name twice`() {
        let names = BadToken.all.map { "\($0.use) \($0.name)" }
        #expect(Set(names).count == names.count)
        #expect(names.count >= 60)
    }

    @Test func `a refusal says what is wrong and nothing of the token`() throws {
        for bad in BadToken.all {
            let text = "\(bad.refusal)"
            #expect(text != "the token is refused" && text.count < 90)
            #expect(!text.contains(Forge.nonce) && !text.contains("eyJ"))
        }
    }

    struct Signer: Sendable, CustomTestStringConvertible {
        let algorithm: SignatureAlgorithm
        let keyID: String
        var testDescription: String { "\(algorithm.rawValue) with \(keyID)" }

        func key() throws -> TestKey {
            switch keyID {
            case "p256": TestKey.issuerP256
            case "ed": TestKey.issuerEd25519
            case "pss": try TestKey.foreignRSA.get()
            default: try TestKey.issuerRSA.get()
            }
        }

        func token(_ claims: [String: JSONValue]) throws -> String {
            try Forge.token(claims, header: Forge.header(algorithm, keyID), key: key(), by: algorithm)
        }
    }

    static let signers = [
        Signer(algorithm: .rs256, keyID: "rsa"), Signer(algorithm: .ps256, keyID: "rsa"),
        Signer(algorithm: .ps256, keyID: "pss"), Signer(algorithm: .es256, keyID: "p256"),
        Signer(algorithm: .edDSA, keyID: "ed"),
    ]

    @Test(arguments: signers)
    func `a good token of each algorithm is accepted, in either use`(_ signer: Signer) async throws {
        let fixture = try await VerifierFixture()
        let id = try await fixture.idToken(signer.token(Forge.idClaims))
        #expect(id.issuer == Forge.issuer && id.subject == "ann")
        #expect(id.expiresAt == Timestamp(seconds: Forge.now + 300))
        #expect(id.claims == .object(Forge.idClaims))
        #expect(try await fixture.verifier.accessToken(signer.token(Forge.accessClaims)).subject == "ann")
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `what the settings do not allow is refused, however well it is signed`(
        _ algorithm: SignatureAlgorithm
    ) async throws {
        let others = Set(SignatureAlgorithm.allCases).subtracting([algorithm])
        let fixture = try await VerifierFixture(Forge.settings(algorithms: others))
        for signer in Self.signers where signer.algorithm == algorithm {
            let token = try signer.token(Forge.idClaims)
            await #expect(throws: TokenRefusal.algorithmNotAllowed) { _ = try await fixture.idToken(token) }
        }
    }

    static let accepted: [(String, [String: JSONValue?])] = [
        ("one audience in a list", ["aud": [.string(Forge.client)]]),
        ("azp that is the client", ["azp": .string(Forge.client)]),
        (
            "another audience, given to the client",
            ["aud": ["api", .string(Forge.client)], "azp": .string(Forge.client)]
        ),
        ("azp that is null", ["azp": .null]),
        ("expired for less than a minute", ["exp": .integer(Forge.now - 59)]),
        ("times with fractions", ["exp": .double(Double(Forge.now) + 0.5), "iat": .double(Double(Forge.now) - 0.5)]),
        ("valid in 60 seconds", ["nbf": .integer(Forge.now + 60)]),
        ("issued in 60 seconds", ["iat": .integer(Forge.now + 60)]),
        ("issued a day ago", ["iat": .integer(Forge.now - 86_400)]),
        ("a subject of 255 characters", ["sub": .string(String(repeating: "ä", count: 255))]),
        ("the kind of an ID token at Keycloak", ["typ": "ID"]),
        (
            "the hash of the access token",
            ["at_hash": .string(hash(SHA256.hash(data: Array(Forge.accessToken.utf8)), 16))]
        ),
    ]

    @Test(arguments: accepted)
    func `is accepted`(_ name: String, _ claims: [String: JSONValue?]) async throws {
        let fixture = try await VerifierFixture()
        _ = try await fixture.idToken(Forge.token(BadToken.changed(Forge.idClaims, claims)))
    }

    @Test func `EdDSA hashes the access token with SHA-512`() async throws {
        let fixture = try await VerifierFixture()
        let hash = Self.hash(SHA512.hash(data: Array(Forge.accessToken.utf8)), 32)
        let claims = BadToken.changed(Forge.idClaims, ["at_hash": .string(hash)])
        _ = try await fixture.idToken(Signer(algorithm: .edDSA, keyID: "ed").token(claims))
        await #expect(throws: TokenRefusal.wrongTokenHash) {
            _ = try await fixture.idToken(Signer(algorithm: .es256, keyID: "p256").token(claims))
        }
    }

    @Test func `a hash without an access token beside it is refused`() async throws {
        let fixture = try await VerifierFixture()
        let token = try Forge.token(Self.claimsWithHash)
        await #expect(throws: TokenRefusal.wrongTokenHash) {
            _ = try await fixture.verifier.idToken(token, nonce: Secret(Forge.nonce), accessToken: nil)
        }
    }

    @Test(arguments: ["at+jwt", "application/at+jwt", "JWT", nil])
    func `an access token may say its type, or not`(_ type: String?) async throws {
        let fixture = try await VerifierFixture()
        let header = BadToken.changed(Forge.header(), ["typ": type.map { .string($0) }])
        _ = try await fixture.verifier.accessToken(Forge.token(Forge.accessClaims, header: header))
    }

    private static let claimsWithHash = BadToken.changed(
        Forge.idClaims, ["at_hash": .string(hash(SHA256.hash(data: Array(Forge.accessToken.utf8)), 16))])

    private static func hash(_ digest: some Sequence<UInt8>, _ count: Int) -> String {
        Base64URL.text(Array(digest.prefix(count)))
    }
}

import SlipwayDomain
import SlipwayTesting
import Testing

@testable import SlipwayOIDC

/// Time, the other uses of tokens, and tokens that were changed at any place.
@Suite(.timeLimit(.minutes(15))) struct TokenAgeTests {
    @Test func `a token that was accepted expires, a minute late`() async throws {
        let fixture = try await VerifierFixture()
        let token = try Forge.token(Forge.accessClaims)
        fixture.clock.advance(seconds: 359)
        _ = try await fixture.verifier.accessToken(token)
        fixture.clock.advance(seconds: 1)
        await #expect(throws: TokenRefusal.expired) { _ = try await fixture.verifier.accessToken(token) }
    }

    @Test func `with a greatest age of the authentication, its time must be there and be recent`() async throws {
        let fixture = try await VerifierFixture(Forge.settings(maximumAuthenticationAge: 600))
        let ages: [(JSONValue?, TokenRefusal?)] = [
            (.integer(Forge.now - 660), nil), (.integer(Forge.now), nil),
            (.integer(Forge.now - 661), .authenticatedTooLongAgo), (nil, .claimMissing(.authenticatedAt)),
        ]
        for (time, refusal) in ages {
            let token = try Forge.token(BadToken.changed(Forge.idClaims, ["auth_time": time]))
            if let refusal {
                await #expect(throws: refusal) { _ = try await fixture.idToken(token) }
            } else {
                _ = try await fixture.idToken(token)
            }
        }
    }

    @Test func `a refreshed ID token needs no nonce, but the same person`() async throws {
        let fixture = try await VerifierFixture(Forge.settings(maximumAuthenticationAge: 60))
        let claims = BadToken.changed(
            Forge.idClaims, ["nonce": nil, "auth_time": .integer(Forge.now - 80_000)])
        let token = try Forge.token(claims)
        _ = try await fixture.verifier.refreshedIDToken(token, subject: "ann", accessToken: nil)
        await #expect(throws: TokenRefusal.otherPerson) {
            _ = try await fixture.verifier.refreshedIDToken(token, subject: "Ann", accessToken: nil)
        }
    }

    @Test func `where the API goes by the client's name, an ID token without a nonce opens nothing either`()
        async throws
    {
        let fixture = try await VerifierFixture(Forge.settings(apiAudience: Forge.client))
        let idClaims = BadToken.changed(Forge.idClaims, ["nonce": nil])
        let token = try Forge.token(idClaims)
        await #expect(throws: TokenRefusal.idTokenAsAccessToken) { _ = try await fixture.verifier.accessToken(token) }
        for mark: [String: JSONValue?] in [["scope": "openid"], ["typ": "Bearer"], ["client_id": "some-app"]] {
            _ = try await fixture.verifier.accessToken(Forge.token(BadToken.changed(idClaims, mark)))
        }
    }

    @Test(arguments: Seed.forThisRun(count: 4))
    func `no character of a token can be exchanged for another`(_ seed: Seed) async throws {
        let fixture = try await VerifierFixture()
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=".utf8)
        var generator = SeededGenerator(seed)
        let signer = TokenVerifierTests.Signer(algorithm: .edDSA, keyID: "ed")
        let good = Array(try signer.token(Forge.idClaims).utf8)
        for place in good.indices {
            var bytes = good
            while bytes[place] == good[place] {
                bytes[place] = alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            let token = String(decoding: bytes, as: UTF8.self)
            await #expect(throws: TokenRefusal.self, "character \(place)") { _ = try await fixture.idToken(token) }
        }
        _ = try await fixture.idToken(String(decoding: good, as: UTF8.self))
    }

    @Test(arguments: Seed.forThisRun(count: 4))
    func `whatever bytes come as a token, they are refused`(_ seed: Seed) async throws {
        let fixture = try await VerifierFixture()
        var generator = SeededGenerator(seed)
        for _ in 0..<200 {
            let count = Int.random(in: 0...300, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let text = String(decoding: bytes, as: UTF8.self)
            let dotted = [text, Base64URL.text(bytes), ""].joined(separator: ".")
            for token in [text, dotted, Base64URL.text(bytes) + ".."] {
                await #expect(throws: TokenRefusal.self) { _ = try await fixture.verifier.accessToken(token) }
            }
        }
        #expect(await fixture.provider.requests.isEmpty, "nothing of this is worth a question to the provider")
    }
}

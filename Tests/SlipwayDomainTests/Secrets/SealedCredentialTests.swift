import SlipwayDomain
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct SealedCredentialTests {
    private let ring = KeyRing.generate()
    private var sealer: CredentialSealer { CredentialSealer(ring) }

    static func place(
        workspace: Int64 = 1, tenant: Int64 = 1, provider: String = "microsoft", connection: Int64 = 1,
        version: Int64 = 1, kind: CredentialKind = .clientSecret
    ) throws -> CredentialPlace {
        CredentialPlace(
            workspace: try #require(ID(workspace)), tenant: try #require(ID(tenant)), provider: provider,
            connection: try #require(ID(connection)), version: version, kind: kind)
    }

    @Test func `every kind comes out as it went in`() async throws {
        let credentials: [Credential] = [
            .clientSecret(clientID: "client", secret: SecretBytes("с3крет \"\\\u{0}"), directory: "contoso"),
            .certificate(clientID: "client", certificate: "-----BEGIN", privateKey: SecretBytes("key")),
            .apiKey(SecretBytes("k")), .basic(name: "олена", password: SecretBytes("p")),
        ]
        for credential in credentials {
            let place = try Self.place(kind: credential.kind)
            let sealed = try await sealer.seal(credential, at: place)
            let bytes = try #require(SealedCredential(bytes: sealed.bytes))
            let opened = try await sealer.open(bytes, at: place)
            #expect(opened.kind == credential.kind)
            #expect(opened.secret.matches(credential.secret))
            let next = CredentialSealer(ring.rotated())
            let moved = try await next.rewrapped(bytes, at: place)
            #expect(moved.payload == bytes.payload, "only the key is wrapped anew")
            #expect(try await next.open(moved, at: place).kind == credential.kind)
        }
    }

    @Test(arguments: Seed.forThisRun(count: 1))
    func `ten thousand payloads in each other's places stay shut`(_ seed: Seed) async throws {
        var random = SeededGenerator(seed)
        var rows: [(place: CredentialPlace, sealed: SealedCredential)] = []
        for index in Int64(0)..<200 {
            let place = try Self.place(
                workspace: index % 2 + 1, tenant: index % 5 + 1, provider: index % 3 == 0 ? "oidc" : "microsoft",
                connection: index / 4 + 1, version: index % 4 + 1, kind: index % 7 == 0 ? .apiKey : .clientSecret)
            let credential: Credential =
                place.kind == .apiKey
                ? .apiKey(SecretBytes("key \(index)"))
                : .clientSecret(clientID: "client", secret: SecretBytes("secret \(index)"))
            rows.append((place, try await sealer.seal(credential, at: place)))
        }
        var refused = 0
        while refused < 10_000 {
            let (one, other) = (rows.randomElement(using: &random), rows.randomElement(using: &random))
            guard let one, let other, one.place != other.place else { continue }
            var mixed = one.sealed
            switch Int.random(in: 0..<3, using: &random) {
            // The whole payload in another row; its data key alone; its ciphertext alone.
            case 0: break
            case 1: mixed = SealedCredential(key: other.sealed.key, payload: one.sealed.payload)
            default: mixed = SealedCredential(key: one.sealed.key, payload: other.sealed.payload)
            }
            let sealed = mixed
            await #expect(throws: KeyFailure.self) { _ = try await sealer.open(sealed, at: other.place) }
            refused += 1
        }
    }

    @Test func `any bit that is changed keeps it shut`() async throws {
        let place = try Self.place()
        let credential = Credential.clientSecret(clientID: "client", secret: SecretBytes("secret"))
        let bytes = try await sealer.seal(credential, at: place).bytes
        for index in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << bit
                guard let sealed = SealedCredential(bytes: changed) else { continue }
                await #expect(throws: KeyFailure.self) { _ = try await sealer.open(sealed, at: place) }
            }
        }
        for count in bytes.indices { #expect(SealedCredential(bytes: Array(bytes.prefix(count))) == nil) }
        #expect(SealedCredential(bytes: bytes + [0]) == nil)
    }

    @Test func `places whose parts run together are not one`() throws {
        let one = try Self.place(provider: "a", connection: 11, version: 1)
        let other = try Self.place(provider: "a", connection: 1, version: 11)
        #expect(one.authenticated != other.authenticated)
        #expect(
            try Self.place(tenant: 1, provider: "1a").authenticated
                != Self.place(tenant: 11, provider: "a").authenticated)
    }

    @Test func `a key that is missing is named`() async throws {
        let place = try Self.place()
        let sealed = try await sealer.seal(.clientSecret(clientID: "c", secret: SecretBytes("s")), at: place)
        let newer = ring.rotated()
        let moved = try await CredentialSealer(newer).rewrapped(sealed, at: place)
        await #expect(throws: KeyFailure.unknownVersion(2, ring: ring.name)) {
            _ = try await sealer.open(moved, at: place)
        }
        let stranger = KeyRing.generate()
        await #expect(throws: KeyFailure.otherRing(ring.name, here: stranger.name)) {
            _ = try await CredentialSealer(stranger).open(sealed, at: place)
        }
        await #expect(throws: KeyFailure.unknownVersion(1, ring: ring.name)) {
            _ = try await CredentialSealer(newer.withoutOlder()).open(sealed, at: place)
        }
    }

    @Test func `a secret shows nothing of itself`() {
        let secret = SecretBytes("canary-7f3a")
        let credential = Credential.basic(name: "olena", password: secret)
        for text in ["\(secret)", String(reflecting: secret), "\(credential)", String(reflecting: credential)] {
            #expect(!text.contains("canary"))
        }
        var dumped = ""
        dump(credential, to: &dumped)
        #expect(!dumped.contains("canary"))
    }
}

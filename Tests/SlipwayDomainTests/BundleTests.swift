import SlipwayTesting
import Testing

@testable import SlipwayDomain

/// A bundle is attacked byte by byte: whatever is changed must be found, and a single byte must be named.
@Suite struct BundleTests {
    private static let key = SigningKey(rawBytes: Array(0..<32))

    private func packets(_ count: Int = 3) throws -> [Packet] {
        var packets: [Packet] = []
        for number in 1...count {
            let draft = PacketDraft(
                kind: .adapterConnection, scope: "demo", outcome: .pass,
                subjects: [Subject(name: "manifest", digest: Digest(sha256Of: [UInt8(number)]))],
                facts: ["number": .integer(Int64(number)), "text": "żółw"], lines: [PacketLine("checks", "\(number)/4")]
            )
            packets.append(
                try Packet(
                    draft, sequence: Int64(number), previous: packets.last?.digest,
                    sealedAt: Timestamp(microseconds: 1_700_000_000_000_000 + Int64(number))))
        }
        return packets
    }

    private func bundle(_ packets: [Packet]) throws -> [UInt8] {
        let key = try #require(Self.key)
        return try Bundle.export(packets.map { ($0, Envelope(signing: $0.statement, with: key)) }, sealedWith: key)
    }

    private func fault(_ bytes: [UInt8], trusting: VerifyingKey? = nil) -> BundleFault? {
        if case .broken(let fault) = Bundle.verify(bytes, trusting: trusting) { fault } else { nil }
    }

    @Test func `an untouched bundle holds and gives its packets back`() throws {
        let packets = try packets()
        guard case .holds(let read, let signer) = Bundle.verify(try bundle(packets)) else {
            Issue.record("the bundle should hold")
            return
        }
        #expect(read.map(\.digest) == packets.map(\.digest))
        #expect(signer == Self.key?.verifying)
    }

    @Test func `every single changed byte is found and named`() throws {
        let bytes = try bundle(try packets(1))
        for offset in bytes.indices {
            var changed = bytes
            changed[offset] ^= 1
            #expect(fault(changed)?.byte == offset, "byte \(offset) of \(bytes.count)")
        }
    }

    @Test(arguments: Seed.forThisRun(count: 40))
    func `a byte changed to any other is found and named`(seed: Seed) throws {
        let bytes = try bundle(try packets())
        var generator = SeededGenerator(seed)
        for _ in 0..<10 {
            var changed = bytes
            let offset = Int.random(in: bytes.indices, using: &generator)
            changed[offset] = changed[offset] &+ UInt8.random(in: 1...255, using: &generator)
            #expect(fault(changed)?.byte == offset, "byte \(offset) of \(bytes.count)")
        }
    }

    @Test(arguments: Seed.forThisRun(count: 60))
    func `a bundle that was cut, grown or scrambled is broken and never traps`(seed: Seed) throws {
        let bytes = try bundle(try packets())
        var generator = SeededGenerator(seed)
        #expect(fault(Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &generator)))) != nil)
        #expect(fault(bytes + [UInt8.random(in: 0...255, using: &generator)]) != nil)
        var scrambled = bytes
        for _ in 0..<20 {
            scrambled[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        if scrambled != bytes { #expect(fault(scrambled) != nil) }
        #expect(fault((0..<200).map { _ in UInt8.random(in: 0...255, using: &generator) }) != nil)
    }

    @Test func `a packet left out of the middle, swapped or chained to another breaks the bundle`() throws {
        let packets = try packets()
        #expect(fault(try bundle([packets[1], packets[0]])) != nil)
        let stranger = try Packet(
            packets[1].draft, sequence: 2, previous: packets[2].digest, sealedAt: packets[1].sealedAt)
        #expect(fault(try bundle([packets[0], stranger])) != nil)
    }

    @Test func `a bundle signed anew by somebody else is not the trusted signer's`() throws {
        let other = SigningKey.generate()
        let packets = try packets()
        let forged = try Bundle.export(
            packets.map { ($0, Envelope(signing: $0.statement, with: other)) }, sealedWith: other)
        #expect(fault(forged) == nil)
        #expect(fault(forged, trusting: Self.key?.verifying) != nil)
    }

    @Test func `a value with a line break cannot pass for a line of the text form`() throws {
        let draft = PacketDraft(
            kind: .adapterDryRun, scope: "s", outcome: .fail, subjects: [], facts: [:],
            lines: [PacketLine("a", "1\ndry_run=5/5"), PacketLine("b", "\u{2028}x")])
        let text = try Packet(draft, sequence: 1, previous: nil, sealedAt: Timestamp(microseconds: 0)).text
        #expect(text == "ProductionAdapterDryRun.v1\na=1\\ndry_run=5/5\nb=\\nx\n")
    }
}

@Suite struct EnvelopeTests {
    @Test func `the signed bytes are DSSE's pre-authentication encoding`() {
        #expect(
            Envelope.preAuthentication("http://example.com/HelloWorld", Array("hello world".utf8))
                == Array("DSSEv1 29 http://example.com/HelloWorld 11 hello world".utf8))
    }

    @Test func `an envelope read back is signed by its key and no other`() throws {
        let key = SigningKey.generate()
        let envelope = Envelope(signing: [1, 2, 3], with: key)
        let read = try #require(Envelope(json: try JSONValue(parsing: try envelope.json.canonicalBytes)))
        #expect(read == envelope)
        #expect(read.isSigned(by: key.verifying))
        #expect(!read.isSigned(by: SigningKey.generate().verifying))
    }

    @Test(arguments: Seed.forThisRun(count: 50))
    func `base64 and hex read back what they wrote, and nothing else`(seed: Seed) throws {
        var generator = SeededGenerator(seed)
        let bytes = (0..<Int.random(in: 0..<50, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
        #expect(Base64.bytes(Base64.text(bytes)) == bytes)
        #expect(Hex.bytes(Hex.text(bytes)) == bytes)
        #expect(Base64.bytes(Base64.text(bytes) + "=") == nil)
        #expect(Base64.bytes("QR==") == nil)
    }

    @Test func `a key's PEM reads back as the same key`() {
        let key = SigningKey.generate().verifying
        #expect(VerifyingKey(pem: key.pem) == key)
    }

    @Test func `a moment is written as RFC 3339 in UTC`() {
        #expect(Timestamp(microseconds: 0).rfc3339 == "1970-01-01T00:00:00.000000Z")
        #expect(Timestamp(microseconds: -1).rfc3339 == "1969-12-31T23:59:59.999999Z")
        #expect(Timestamp(microseconds: 1_732_175_558_000_001).rfc3339 == "2024-11-21T07:52:38.000001Z")
    }
}

/// Packets in one file that anyone can check without us, made so that a changed byte can be named and not only
/// noticed. Three lines of canonical JSON: the packets and the key; a signed seal with the digest and a locator
/// of each block of the first line; and a digest and locator of the second.
package enum Bundle {
    package static let name = "SlipwayEvidenceBundle.v1"

    /// The file for these packets, in ascending order of their sequence.
    package static func export(
        _ packets: [(packet: Packet, envelope: Envelope)], sealedWith key: SigningKey
    ) throws(CanonicalJSONError) -> [UInt8] {
        let entries = packets.map { packet, envelope -> JSONValue in
            ["digest": .string(packet.digest.description), "envelope": envelope.json, "text": .string(packet.text)]
        }
        let body: JSONValue = [
            "bundle": .string(name),
            "key": ["id": .string(key.verifying.id), "publicKey": .string(Base64.text(key.verifying.rawBytes))],
            "packets": .array(entries),
        ]
        let bytes = try body.canonicalBytes
        let envelope = Envelope(signing: try BundleSeal(of: bytes).payload, type: BundleSeal.payloadType, with: key)
        let seal = try envelope.json.canonicalBytes
        return bytes + [0x0A] + seal + [0x0A] + (try BlockCheck(of: seal).json.canonicalBytes) + [0x0A]
    }
}

/// What recognises a run of bytes, and finds the one that was changed.
struct BlockCheck: Equatable {
    let digest: Digest
    let locator: ByteLocator

    init(of bytes: some Collection<UInt8>) {
        digest = Digest(sha256Of: bytes)
        locator = ByteLocator(of: Array(bytes))
    }

    init?(json: JSONValue) {
        guard let digest = json["sha256"]?.stringValue.flatMap({ Digest($0) }),
            let locator = json["locator"]?.stringValue.flatMap({ ByteLocator(hex: $0) })
        else { return nil }
        self.digest = digest
        self.locator = locator
    }

    var json: JSONValue {
        ["sha256": .string(digest.hex), "locator": .string(locator.hex)]
    }

    /// The single change that makes these bytes others than those checked; nil when it takes more than one.
    func change(in bytes: [UInt8]) -> ByteChange? {
        guard let change = locator.change(in: bytes), Digest(sha256Of: change.undone(in: bytes)) == digest else {
            return nil
        }
        return change
    }
}

/// What the second line says of the first.
struct BundleSeal: Equatable {
    static let payloadType = "application/vnd.slipway.bundle-seal+json"
    static let blockLength = 1024

    let length: Int
    let blocks: [BlockCheck]

    init(of body: [UInt8]) {
        length = body.count
        blocks = stride(from: 0, to: body.count, by: BundleSeal.blockLength).map { start in
            BlockCheck(of: body[start..<min(start + BundleSeal.blockLength, body.count)])
        }
    }

    /// Reads a seal's payload; nil when it is none.
    init?(payload: [UInt8]) {
        guard let document = try? JSONValue(parsing: payload), let length = document["bodyLength"]?.integerValue,
            let blocks = document["blocks"]?.arrayValue
        else { return nil }
        let checks = blocks.compactMap(BlockCheck.init(json:))
        guard checks.count == blocks.count, length >= 0, length < Int32.max else { return nil }
        self.length = Int(length)
        self.blocks = checks
    }

    var payload: [UInt8] {
        get throws(CanonicalJSONError) {
            let document: JSONValue = [
                "seal": .string(Bundle.name), "bodyLength": .integer(Int64(length)),
                "blockLength": .integer(Int64(BundleSeal.blockLength)), "blocks": .array(blocks.map(\.json)),
            ]
            return try document.canonicalBytes
        }
    }
}

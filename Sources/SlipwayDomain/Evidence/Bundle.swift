/// Packets in one file that anyone can check without us: a line of canonical JSON with the packets and the key,
/// and a line that seals it, block by block, so that a changed byte can be named and not only noticed.
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
        let seal = Envelope(signing: try BundleSeal(of: bytes).payload, type: BundleSeal.payloadType, with: key)
        return bytes + [0x0A] + (try seal.json.canonicalBytes) + [0x0A]
    }
}

/// What the second line says of the first.
struct BundleSeal: Equatable {
    static let payloadType = "application/vnd.slipway.bundle-seal+json"
    static let blockLength = 1024

    let length: Int
    let blocks: [Digest]

    init(of body: [UInt8]) {
        length = body.count
        blocks = stride(from: 0, to: body.count, by: BundleSeal.blockLength).map { start in
            Digest(sha256Of: body[start..<min(start + BundleSeal.blockLength, body.count)])
        }
    }

    /// Reads a seal's payload; nil when it is none.
    init?(payload: [UInt8]) {
        guard let document = try? JSONValue(parsing: payload), let length = document["bodyLength"]?.integerValue,
            let blocks = document["blocks"]?.arrayValue
        else { return nil }
        let digests = blocks.compactMap { $0.stringValue.flatMap { Digest($0) } }
        guard digests.count == blocks.count, length >= 0 else { return nil }
        self.length = Int(length)
        self.blocks = digests
    }

    var payload: [UInt8] {
        get throws(CanonicalJSONError) {
            let document: JSONValue = [
                "seal": .string(Bundle.name), "bodyLength": .integer(Int64(length)),
                "blockLength": .integer(Int64(BundleSeal.blockLength)), "blocks": .array(blocks.map { .string($0.hex) }),
            ]
            return try document.canonicalBytes
        }
    }
}

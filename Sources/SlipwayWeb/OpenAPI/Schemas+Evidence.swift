import SlipwayDomain

/// The bodies of evidence.
extension Schemas {
    static let digest: JSONValue = ["type": "string", "pattern": "^sha256:[0-9a-f]{64}$"]
    static let nullableDigest: JSONValue = ["type": ["string", "null"], "pattern": "^sha256:[0-9a-f]{64}$"]

    static let evidenceNamed: [String: JSONValue] = [
        "EvidencePage": object(
            [
                "packets": list(
                    object(
                        [
                            "sequence": id, "kind": oneOf(PacketKind.allCases.map(\.rawValue)), "scope": text,
                            "outcome": oneOf(PacketOutcome.allCases.map(\.rawValue)), "digest": digest,
                            "sealedAt": moment,
                        ], required: ["sequence", "kind", "scope", "outcome", "digest", "sealedAt"])),
                "next": nullableText,
            ], required: ["packets", "next"]),
        "EvidencePacket": object(
            [
                "sequence": id, "digest": digest, "signedBy": text, "text": text, "statement": anyObject,
                "envelope": reference("EvidenceEnvelope"),
            ], required: ["sequence", "digest", "signedBy", "text", "statement", "envelope"]),
        "EvidenceEnvelope": object(
            [
                "payloadType": text, "payload": text,
                "signatures": list(object(["keyid": text, "sig": text], required: ["keyid", "sig"])),
            ], required: ["payloadType", "payload", "signatures"]),
    ]
}

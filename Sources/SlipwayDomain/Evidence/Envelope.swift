/// A DSSE envelope: a payload and its signature over the payload's type and bytes.
package struct Envelope: Sendable, Hashable {
    package static let statementPayload = "application/vnd.in-toto+json"

    package let payloadType: String
    package let payload: [UInt8]
    package let keyID: String
    package let signature: [UInt8]

    /// Signs the payload.
    package init(signing payload: [UInt8], type: String = Envelope.statementPayload, with key: SigningKey) {
        payloadType = type
        self.payload = payload
        keyID = key.verifying.id
        signature = key.signature(for: Envelope.preAuthentication(type, payload))
    }

    /// Reads an envelope; nil when it has not exactly the parts `json` writes.
    package init?(json: JSONValue) {
        guard let members = json.objectValue, members.count == 3, let type = members["payloadType"]?.stringValue,
            let payload = members["payload"]?.stringValue.flatMap(Base64.bytes),
            let signatures = members["signatures"]?.arrayValue, signatures.count == 1,
            let keyID = signatures[0]["keyid"]?.stringValue,
            let signature = signatures[0]["sig"]?.stringValue.flatMap(Base64.bytes)
        else { return nil }
        payloadType = type
        self.payload = payload
        self.keyID = keyID
        self.signature = signature
    }

    package var json: JSONValue {
        [
            "payloadType": .string(payloadType), "payload": .string(Base64.text(payload)),
            "signatures": [["keyid": .string(keyID), "sig": .string(Base64.text(signature))]],
        ]
    }

    package func isSigned(by key: VerifyingKey) -> Bool {
        key.accepts(signature, for: Envelope.preAuthentication(payloadType, payload))
    }

    /// DSSE's PAE: what is signed names the type and both lengths, so that no two envelopes sign the same bytes.
    static func preAuthentication(_ type: String, _ payload: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
    }
}

import SlipwayDomain

/// A token cut into its parts and read strictly (RFC 7515, compact form). Nothing in it has been checked yet.
struct CompactToken {
    static let sizeLimit = 16 * 1024

    let header: TokenHeader
    let payload: [UInt8]
    let signature: [UInt8]
    /// What the signature is about: the first two parts with their dot, as they were sent.
    let signedBytes: [UInt8]

    init(_ text: String) throws(TokenRefusal) {
        guard text.utf8.count <= Self.sizeLimit else { throw .tooLong }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Substring.init)
        guard parts.count == 3 else { throw .notThreeParts }
        header = try TokenHeader(parsing: Self.bytes(parts[0], .header))
        payload = try Self.bytes(parts[1], .payload)
        signature = try Self.bytes(parts[2], .signature)
        signedBytes = Array("\(parts[0]).\(parts[1])".utf8)
    }

    private static func bytes(_ text: Substring, _ part: TokenPart) throws(TokenRefusal) -> [UInt8] {
        guard let bytes = Base64URL.bytes(text) else { throw .notBase64URL(part) }
        return bytes
    }
}

/// What a token says about itself.
struct TokenHeader {
    let algorithm: String
    let keyID: String?
    /// In lower case and without `application/`.
    let type: String?

    /// What could make a reader take a key, or a meaning, from the token itself is refused whatever it says.
    init(parsing bytes: [UInt8]) throws(TokenRefusal) {
        guard let value = try? JSONValue(parsing: bytes), let members = value.objectValue else {
            throw .headerMalformed
        }
        guard members["crit"] == nil else { throw .criticalExtension }
        guard members["b64"] == nil else { throw .unencodedPayload }
        guard ["jku", "jwk", "x5u", "x5c"].allSatisfy({ members[$0] == nil }) else { throw .keyInHeader }
        guard let algorithm = members["alg"]?.stringValue else { throw .headerMalformed }
        self.algorithm = algorithm
        keyID = try Self.text("kid", of: members)
        type = try Self.text("typ", of: members).map { text in
            let lower = text.lowercased()
            return lower.hasPrefix("application/") ? String(lower.dropFirst("application/".count)) : lower
        }
    }

    private static func text(_ name: String, of members: [String: JSONValue]) throws(TokenRefusal) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.stringValue else { throw .headerMalformed }
        return text
    }
}

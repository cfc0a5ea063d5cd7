import Crypto

/// The Ed25519 key packets are signed with. Never printed, encoded or compared.
package struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    package static func generate() -> SigningKey {
        SigningKey(key: Curve25519.Signing.PrivateKey())
    }

    private init(key: Curve25519.Signing.PrivateKey) {
        self.key = key
    }

    /// From 32 bytes; nil for any other length.
    package init?(rawBytes: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: rawBytes) else { return nil }
        self.key = key
    }

    /// For the key file only.
    package var rawBytes: [UInt8] { Array(key.rawRepresentation) }

    package var verifying: VerifyingKey { VerifyingKey(key: key.publicKey) }

    func signature(for message: [UInt8]) -> [UInt8] {
        (try? key.signature(for: message)).map(Array.init) ?? []
    }
}

/// The public half, which anyone may hold.
package struct VerifyingKey: Sendable, Hashable {
    package let rawBytes: [UInt8]

    fileprivate init(key: Curve25519.Signing.PublicKey) {
        rawBytes = Array(key.rawRepresentation)
    }

    /// From 32 bytes; nil when they are no key.
    package init?(rawBytes: [UInt8]) {
        guard (try? Curve25519.Signing.PublicKey(rawRepresentation: rawBytes)) != nil else { return nil }
        self.rawBytes = rawBytes
    }

    /// A short name for the key: the first 16 digits of its SHA-256.
    package var id: String { String(Digest(sha256Of: rawBytes).hex.prefix(16)) }

    /// SubjectPublicKeyInfo in PEM, as openssl reads it (RFC 8410).
    package var pem: String {
        let header: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
        return "-----BEGIN PUBLIC KEY-----\n\(Base64.text(header + rawBytes))\n-----END PUBLIC KEY-----\n"
    }

    /// Reads what `pem` writes; nil for anything else.
    package init?(pem: String) {
        let body = pem.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }.joined()
        guard let der = Base64.bytes(body), der.count == 44 else { return nil }
        self.init(rawBytes: Array(der.suffix(32)))
    }

    package func accepts(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: rawBytes) else { return false }
        return key.isValidSignature(signature, for: message)
    }
}

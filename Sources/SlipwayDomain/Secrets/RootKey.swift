import Crypto

/// The one secret of an installation, outside its database. Every use has a key of its own that is derived from it
/// (HKDF-SHA256, RFC 5869), so that none of them says anything about another.
package struct RootKey: Sendable {
    package enum Purpose: String, Sendable {
        /// What a provider gave for a session: sealed in its row.
        case session = "slipway.session.v1"
        /// The token that a form of a session carries.
        case csrf = "slipway.csrf.v1"
        /// What tells two credentials apart in logs and lists.
        case fingerprint = "slipway.fingerprint.v1"
    }

    package static let byteCount = 32

    private let material: SymmetricKey

    /// Nil for anything but 32 bytes.
    package init?(rawBytes: [UInt8]) {
        guard rawBytes.count == Self.byteCount else { return nil }
        material = SymmetricKey(data: rawBytes)
    }

    package static func generate() -> RootKey {
        RootKey(material: SymmetricKey(size: .bits256))
    }

    private init(material: SymmetricKey) {
        self.material = material
    }

    package var rawBytes: [UInt8] { material.withUnsafeBytes(Array.init) }

    /// AES-256-GCM under a fresh nonce. What is sealed opens only with the same purpose and the same `context`.
    package func sealed(_ bytes: [UInt8], for purpose: Purpose, context: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: key(for: purpose), authenticating: Array(context.utf8))
        return box.combined.map(Array.init) ?? []
    }

    /// Nil for what was not sealed so, or was changed since.
    package func opened(_ sealed: [UInt8], for purpose: Purpose, context: String) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
        let bytes = try? AES.GCM.open(box, using: key(for: purpose), authenticating: Array(context.utf8))
        return bytes.map(Array.init)
    }

    /// A keyed digest (HMAC-SHA256), in hex.
    package func tag(_ text: String, for purpose: Purpose) -> String {
        Hex.text(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key(for: purpose)))
    }

    /// Whether a text is the tag, in a time that does not tell where they differ.
    package func isTag(_ tag: String, of text: String, for purpose: Purpose) -> Bool {
        guard let bytes = Hex.bytes(tag) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(bytes, authenticating: Array(text.utf8), using: key(for: purpose))
    }

    private func key(for purpose: Purpose) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: material, info: Array(purpose.rawValue.utf8), outputByteCount: 32)
    }
}

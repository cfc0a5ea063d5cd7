import Crypto

/// A credential as it lies in the database: encrypted with AES-256-GCM under a key of its own, and that key wrapped by a
/// key source.
package struct SealedCredential: Hashable, Sendable {
    package var key: WrappedKey
    /// Nonce, ciphertext and tag.
    package let payload: [UInt8]

    package init(key: WrappedKey, payload: [UInt8]) {
        self.key = key
        self.payload = payload
    }

    private static let magic = Array("SLC1".utf8)

    /// Magic, then ring, version, wrapped key and payload, each with its length before it.
    package var bytes: [UInt8] {
        let parts = [Array(key.ring.utf8), key.version.bigEndianBytes, key.bytes, payload]
        return Self.magic + parts.flatMap { UInt32($0.count).bigEndianBytes + $0 }
    }

    /// Nil for anything else than such bytes, to their end.
    package init?(bytes: [UInt8]) {
        guard bytes.starts(with: Self.magic) else { return nil }
        var rest = bytes[Self.magic.count...]
        func part() -> [UInt8]? {
            guard rest.count >= 4 else { return nil }
            let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            guard rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        guard let ring = part(), let version = part(), version.count == 8, let key = part(), let payload = part(),
            rest.isEmpty, let name = String(validating: ring, as: UTF8.self)
        else { return nil }
        let number = version.reduce(Int64(0)) { $0 << 8 | Int64($1) }
        self.init(key: WrappedKey(ring: name, version: number, bytes: key), payload: payload)
    }
}

/// Seals credentials and opens them.
package struct CredentialSealer: Sendable {
    private let keys: any KeySource

    package init(_ keys: any KeySource) {
        self.keys = keys
    }

    /// Under a fresh data key and nonce.
    package func seal(
        _ credential: Credential, at place: CredentialPlace
    ) async throws(KeyFailure) -> SealedCredential {
        let dataKey = SymmetricKey(size: .bits256)
        let context = place.authenticated
        let box = credential.payload.reveal { bytes in
            try? AES.GCM.seal(bytes, using: dataKey, authenticating: context)
        }
        guard let payload = box?.combined else { throw .doesNotOpen }
        let wrapped = try await keys.wrap(SecretBytes(dataKey.withUnsafeBytes(Array.init)), context: context)
        return SealedCredential(key: wrapped, payload: Array(payload))
    }

    package func open(
        _ sealed: SealedCredential, at place: CredentialPlace
    ) async throws(KeyFailure) -> Credential {
        let context = place.authenticated
        let dataKey = try await keys.unwrap(sealed.key, context: context)
        let opened = dataKey.reveal { key -> SecretBytes? in
            guard let box = try? AES.GCM.SealedBox(combined: sealed.payload) else { return nil }
            let bytes = try? AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: context)
            return bytes.map { SecretBytes(Array($0)) }
        }
        guard let opened, let credential = Credential(place.kind, payload: opened) else { throw .doesNotOpen }
        return credential
    }

    /// The same payload, its key under the current version; as it was when it is there already.
    package func rewrapped(
        _ sealed: SealedCredential, at place: CredentialPlace
    ) async throws(KeyFailure) -> SealedCredential {
        let context = place.authenticated
        let dataKey = try await keys.unwrap(sealed.key, context: context)
        var moved = sealed
        moved.key = try await keys.wrap(dataKey, context: context)
        return moved
    }
}

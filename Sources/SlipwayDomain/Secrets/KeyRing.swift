import Crypto

/// Key-encryption keys that are held here, in versions: the newest seals, and older ones open until nothing needs them.
package struct KeyRing: Sendable {
    /// A random name, in every envelope: so a payload says which ring it needs.
    package let name: String
    private let keys: [Int64: SymmetricKey]

    /// One version of 32 bytes at least; nil otherwise, or when the name is not 16 hex digits.
    package init?(name: String, keys: [Int64: SecretBytes]) {
        guard Hex.bytes(name)?.count == 8, !keys.isEmpty else { return nil }
        guard keys.allSatisfy({ $0.key > 0 && $0.value.count == 32 }) else { return nil }
        self.name = name
        self.keys = keys.mapValues { bytes in bytes.reveal { SymmetricKey(data: $0) } }
    }

    private init(name: String, keys: [Int64: SymmetricKey]) {
        self.name = name
        self.keys = keys
    }

    package static func generate() -> KeyRing {
        let name = SymmetricKey(size: .init(bitCount: 64)).withUnsafeBytes { Hex.text($0) }
        return KeyRing(name: name, keys: [1: SymmetricKey(size: .bits256)])
    }

    package var current: Int64 { keys.keys.max() ?? 0 }

    /// Oldest first, for keeping.
    package var material: [(version: Int64, key: SecretBytes)] {
        keys.sorted { $0.key < $1.key }.map { version, key in
            (version, SecretBytes(key.withUnsafeBytes(Array.init)))
        }
    }

    /// With a fresh version that seals from now on.
    package func rotated() -> KeyRing {
        var keys = keys
        keys[current + 1] = SymmetricKey(size: .bits256)
        return KeyRing(name: name, keys: keys)
    }

    /// With the current version alone: only for when nothing names another.
    package func withoutOlder() -> KeyRing {
        KeyRing(name: name, keys: keys.filter { $0.key == current })
    }
}

extension KeyRing: KeySource {
    package func versions() -> KeyVersions {
        KeyVersions(ring: name, current: current, opening: Set(keys.keys))
    }

    package func wrap(_ key: SecretBytes, context: [UInt8]) throws(KeyFailure) -> WrappedKey {
        let version = current
        let authenticated = header(version) + context
        do {
            let box = try key.reveal { bytes in
                try AES.GCM.seal(bytes, using: kek(version), authenticating: authenticated)
            }
            return WrappedKey(ring: name, version: version, bytes: box.combined.map(Array.init) ?? [])
        } catch let failure as KeyFailure {
            throw failure
        } catch {
            throw .doesNotOpen
        }
    }

    package func unwrap(_ key: WrappedKey, context: [UInt8]) throws(KeyFailure) -> SecretBytes {
        guard key.ring == name else { throw .otherRing(key.ring, here: name) }
        let kek = try kek(key.version)
        do {
            let box = try AES.GCM.SealedBox(combined: key.bytes)
            return SecretBytes(Array(try AES.GCM.open(box, using: kek, authenticating: header(key.version) + context)))
        } catch {
            throw .doesNotOpen
        }
    }

    private func kek(_ version: Int64) throws(KeyFailure) -> SymmetricKey {
        guard let key = keys[version] else { throw .unknownVersion(version, ring: name) }
        return key
    }

    /// Which key it is under is authenticated too.
    private func header(_ version: Int64) -> [UInt8] {
        Array("slipway.kek.v1/aes-256-gcm/\(name)/\(version)/".utf8)
    }
}

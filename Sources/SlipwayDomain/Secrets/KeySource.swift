/// A data key under a key-encryption key, and which one that is.
package struct WrappedKey: Hashable, Sendable {
    /// The ring's name, that of another ring never.
    package let ring: String
    package let version: Int64
    package let bytes: [UInt8]

    package init(ring: String, version: Int64, bytes: [UInt8]) {
        self.ring = ring
        self.version = version
        self.bytes = bytes
    }
}

/// The versions of a ring's key.
package struct KeyVersions: Hashable, Sendable {
    package let ring: String
    /// What is sealed from now on is sealed under this one.
    package let current: Int64
    /// All that open, the current one among them.
    package let opening: Set<Int64>

    package init(ring: String, current: Int64, opening: Set<Int64>) {
        self.ring = ring
        self.current = current
        self.opening = opening
    }
}

package enum KeyFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The key is of a ring that is not the one here.
    case otherRing(String, here: String)
    /// The ring has no such version, or has it no longer.
    case unknownVersion(Int64, ring: String)
    /// The key is right and the bytes are not: they were changed, or belong elsewhere.
    case doesNotOpen
    /// The server that has the keys does not answer, or refuses; says what.
    case unavailable(String)

    package var description: String {
        switch self {
        case .otherRing(let ring, let here):
            "this was sealed under the key ring \(ring), and the one here is \(here): bring back the ring it was sealed under"
        case .unknownVersion(let version, let ring):
            "the key ring \(ring) has no version \(version): bring back a copy of the ring that has it"
        case .doesNotOpen: "it does not open where it is: it was changed, or moved from another place"
        case .unavailable(let said): "the key server cannot be used: \(said)"
        }
    }
}

/// Where the keys are that seal the keys of the data: outside of the database, always.
package protocol KeySource: Sendable {
    func versions() async throws(KeyFailure) -> KeyVersions

    /// Seals a data key under the current version. It opens with the same `context` only.
    func wrap(_ key: SecretBytes, context: [UInt8]) async throws(KeyFailure) -> WrappedKey

    func unwrap(_ key: WrappedKey, context: [UInt8]) async throws(KeyFailure) -> SecretBytes
}

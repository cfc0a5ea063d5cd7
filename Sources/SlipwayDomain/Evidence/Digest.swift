import Crypto

/// A SHA-256.
package struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let bytes: [UInt8]

    package init(sha256Of data: some Sequence<UInt8>) {
        bytes = Array(SHA256.hash(data: Array(data)))
    }

    /// From 64 hex digits, with or without `sha256:` in front; nil for anything else.
    package init?(_ text: String) {
        let hex = text.hasPrefix("sha256:") ? text.dropFirst(7) : text[...]
        guard let bytes = Hex.bytes(hex), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    fileprivate init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var hex: String { Hex.text(bytes) }

    package var description: String { "sha256:" + hex }

    /// Equality in a time that does not tell where they differ: for what stands for a secret.
    package func matches(_ other: Digest) -> Bool {
        zip(bytes, other.bytes).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The first twelve digits: enough to recognise, not to prove.
    package var short: String { String(hex.prefix(12)) }

    package static func < (left: Digest, right: Digest) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

/// A SHA-256 that is taken piece by piece.
package struct DigestBuilder {
    private var hash = SHA256()

    package init() {}

    package mutating func update(_ bytes: [UInt8]) {
        hash.update(data: bytes)
    }

    package func finalize() -> Digest {
        Digest(bytes: Array(hash.finalize()))
    }
}

import Crypto

/// Bytes that nobody may see: they cannot be printed, encoded or compared early, and are overwritten when the last who
/// holds them lets go.
///
/// A class, so that handing it on makes no second copy of the bytes.
package final class SecretBytes: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    // Overwrites its memory when it is freed, and compares in constant time.
    private let material: SymmetricKey

    package init(_ bytes: [UInt8]) {
        material = SymmetricKey(data: bytes)
    }

    package convenience init(_ text: String) {
        self.init(Array(text.utf8))
    }

    package var count: Int { material.bitCount / 8 }

    /// Lends the bytes for the length of a call: for sealing and sending, never for a message.
    package func reveal<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try material.withUnsafeBytes(body)
    }

    /// The bytes as text, for a protocol that wants one. Bytes that are not UTF-8 are replaced.
    package func revealedText() -> String { reveal { String(decoding: $0, as: UTF8.self) } }

    /// Takes as long for bytes that differ early as for ones that differ late; only the length shows.
    package func matches(_ other: SecretBytes) -> Bool { material == other.material }

    package var description: String { "‹redacted›" }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

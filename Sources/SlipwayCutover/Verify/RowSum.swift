import Crypto

/// The digest of a set of rows in any order: how many there are, and the sum of their SHA-256 modulo 2^256.
///
/// A sum, not an exclusive-or, so that two equal changes do not cancel. It finds every fault and accident; it is
/// not proof against somebody who can choose rows and search for sums, which docs/verification.md says too.
struct RowSum: Hashable, Sendable {
    private(set) var rows = 0
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    @inline(__always)
    mutating func add(_ row: UnsafeRawBufferPointer) {
        rows += 1
        var hash = SHA256()
        hash.update(bufferPointer: row)
        hash.finalize().withUnsafeBytes { digest in
            add(
                digest.bigEndian(24, as: UInt64.self), digest.bigEndian(16, as: UInt64.self),
                digest.bigEndian(8, as: UInt64.self), digest.bigEndian(0, as: UInt64.self))
        }
    }

    mutating func add(_ other: RowSum) {
        rows += other.rows
        add(other.words.0, other.words.1, other.words.2, other.words.3)
    }

    @inline(__always)
    private mutating func add(_ w0: UInt64, _ w1: UInt64, _ w2: UInt64, _ w3: UInt64) {
        var carry = false
        words.0 = Self.sum(words.0, w0, &carry)
        words.1 = Self.sum(words.1, w1, &carry)
        words.2 = Self.sum(words.2, w2, &carry)
        words.3 = Self.sum(words.3, w3, &carry)
    }

    @inline(__always)
    private static func sum(_ left: UInt64, _ right: UInt64, _ carry: inout Bool) -> UInt64 {
        let (first, overflow) = left.addingReportingOverflow(right)
        let (second, again) = first.addingReportingOverflow(carry ? 1 : 0)
        carry = overflow || again
        return second
    }

    /// Count and sum as 40 bytes, big-endian.
    var bytes: [UInt8] {
        [UInt64(rows), words.3, words.2, words.1, words.0].flatMap { word in
            (0..<8).reversed().map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
    }

    static func == (left: RowSum, right: RowSum) -> Bool {
        left.rows == right.rows && left.words == right.words
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(rows)
        hasher.combine(words.0)
    }
}

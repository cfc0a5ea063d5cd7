/// Bytes to be found, and how far a find reaches beyond them.
struct Needle: Sendable {
    enum Growth: Sendable {
        case none
        /// Over all letters of base64 around it: those at its edges carry some bits of the secret too.
        case base64
        /// Over as much of these as comes directly behind.
        case following([UInt8])
        /// Over as much of the end of these as comes directly before.
        case preceding([UInt8])
    }

    /// Shorter ones are found by chance in any text.
    static let leastLength = 4

    let bytes: [UInt8]
    private let growth: Growth

    init(_ bytes: [UInt8], growsOver growth: Growth = .none) {
        self.bytes = bytes
        self.growth = growth
    }

    /// Where the find at `start` ends up, in the same text.
    func span(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        var (lower, upper) = (start, start + bytes.count)
        switch growth {
        case .none: break
        case .base64:
            while lower > 0, Self.isBase64(text[lower - 1]) { lower -= 1 }
            while upper < text.count, Self.isBase64(text[upper]) { upper += 1 }
        case .following(let rest):
            for byte in rest {
                guard upper < text.count, text[upper] == byte else { break }
                upper += 1
            }
        case .preceding(let rest):
            for byte in rest.reversed() {
                guard lower > 0, text[lower - 1] == byte else { break }
                lower -= 1
            }
        }
        return lower..<upper
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "="): true
        default: false
        }
    }
}

/// Many needles, looked for in one walk: their first four bytes say at each place which of them may begin there.
struct Needles: Sendable {
    private let byStart: [UInt32: [Needle]]
    /// A bit for each hash of four bytes; most places of a text are passed by it alone.
    private let sieve: [UInt64]

    var isEmpty: Bool { byStart.isEmpty }

    init(_ needles: [Needle]) {
        let usable = needles.filter { $0.bytes.count >= Needle.leastLength }
        byStart = Dictionary(grouping: usable) { $0.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) } }
        var sieve = [UInt64](repeating: 0, count: 1024)
        for start in byStart.keys {
            let hash = Self.hash(start)
            sieve[hash >> 6] |= 1 << UInt64(hash & 63)
        }
        self.sieve = sieve
    }

    func spans(in text: [UInt8]) -> [Range<Int>] {
        guard text.count >= Needle.leastLength else { return [] }
        return text.withUnsafeBufferPointer { text in
            var spans: [Range<Int>] = []
            var covered = 0
            var window = UInt32(text[0]) << 16 | UInt32(text[1]) << 8 | UInt32(text[2])
            for end in 3..<text.count {
                window = window << 8 | UInt32(text[end])
                let hash = Self.hash(window)
                guard sieve[hash >> 6] >> UInt64(hash & 63) & 1 == 1, let needles = byStart[window] else { continue }
                let start = end - 3
                for needle in needles where Self.begins(text, at: start, with: needle.bytes) {
                    // A text of one find after another would otherwise grow each of them over all.
                    guard start + needle.bytes.count > covered else { continue }
                    let span = needle.span(at: start, in: text)
                    covered = max(covered, span.upperBound)
                    spans.append(span)
                }
            }
            return spans
        }
    }

    private static func hash(_ start: UInt32) -> Int { Int((start &* 0x9E37_79B1) >> 16) }

    private static func begins(_ text: UnsafeBufferPointer<UInt8>, at start: Int, with bytes: [UInt8]) -> Bool {
        guard start + bytes.count <= text.count else { return false }
        for index in bytes.indices where text[start + index] != bytes[index] { return false }
        return true
    }
}

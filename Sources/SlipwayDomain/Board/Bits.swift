/// A set of small whole numbers, for sets that are joined and compared often.
struct Bits: Hashable, Sendable {
    private var words: [UInt64]

    /// An empty set for numbers below a bound.
    init(below bound: Int) {
        words = Array(repeating: 0, count: (bound + 63) / 64)
    }

    init(_ members: [Int], below bound: Int) {
        self.init(below: bound)
        for member in members { insert(member) }
    }

    func contains(_ member: Int) -> Bool { words[member >> 6] & (1 << UInt64(member & 63)) != 0 }

    mutating func insert(_ member: Int) { words[member >> 6] |= 1 << UInt64(member & 63) }

    mutating func remove(_ member: Int) { words[member >> 6] &= ~(1 << UInt64(member & 63)) }

    mutating func formUnion(_ other: Bits) {
        for word in words.indices { words[word] |= other.words[word] }
    }

    mutating func formIntersection(_ other: Bits) {
        for word in words.indices { words[word] &= other.words[word] }
    }

    mutating func subtract(_ other: Bits) {
        for word in words.indices { words[word] &= ~other.words[word] }
    }

    func subtracting(_ other: Bits) -> Bits {
        var rest = self
        rest.subtract(other)
        return rest
    }

    func union(_ other: Bits) -> Bits {
        var both = self
        both.formUnion(other)
        return both
    }

    func isSubset(of other: Bits) -> Bool {
        zip(words, other.words).allSatisfy { $0 & ~$1 == 0 }
    }

    func isDisjoint(with other: Bits) -> Bool {
        zip(words, other.words).allSatisfy { $0 & $1 == 0 }
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// In ascending order.
    var members: [Int] {
        var found: [Int] = []
        found.reserveCapacity(count)
        for (place, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                found.append(place << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return found
    }
}

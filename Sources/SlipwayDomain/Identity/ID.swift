/// The number of one thing of a kind: minted by Slipway, sortable by when it was made, the same on the wire.
///
/// From 1 to 2^53 - 1, so that every reader of JSON holds it exactly.
package struct ID<Entity>: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: Int64

    /// Nil for a number that cannot be an id.
    package init?(_ number: Int64) {
        guard number > 0, number < 1 << 53 else { return nil }
        self.number = number
    }

    /// Reads the digits of a path or an argument; nil for anything else, a sign and leading zeros included.
    package init?(text: some StringProtocol) {
        guard let number = Int64(text), String(number) == text else { return nil }
        self.init(number)
    }

    package static func < (left: ID, right: ID) -> Bool {
        left.number < right.number
    }

    package var description: String { String(number) }
}

/// Makes ids that grow with time and that no other process makes.
///
/// An id is 44 bits of time, in sixteenths of a millisecond since 2025, and 9 bits that are this process's own.
/// Faster than sixteen a millisecond it runs ahead of the clock; behind a clock that steps back it waits in place
/// of it. Two processes with the same 9 bits can meet on one id: the table's key refuses the second, who mints anew.
package struct IDMint: Sendable {
    private static let epoch: Int64 = 1_735_689_600_000_000
    private static let saltBits: Int64 = 9

    private let salt: Int64
    private var last: Int64 = 0

    /// `random` is any number; its lowest nine bits tell this process from others.
    package init(random: UInt64) {
        salt = Int64(random & 0x1FF)
    }

    /// No id minted at that time or later is lower.
    package static func lowest(at moment: Timestamp) -> Int64 {
        max((moment.microseconds - epoch) * 2 / 125, 0) << saltBits
    }

    package mutating func next<Entity>(_ entity: Entity.Type = Entity.self, at now: Timestamp) -> ID<Entity> {
        let tick = max((now.microseconds - Self.epoch) * 2 / 125, 0)
        last = max(last + 1, tick)
        guard let id = ID<Entity>(last << Self.saltBits | salt) else {
            preconditionFailure("the clock says \(now.rfc3339), which is past the last id there can be")
        }
        return id
    }
}

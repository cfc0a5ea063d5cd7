/// What time it is: the one way any part of Slipway asks, so that a test can answer.
package protocol WallClock: Sendable {
    func now() -> Timestamp
}

/// How much time has passed: it never steps, whatever is done to the wall clock, and goes on while a process is
/// stopped. Only readings of one machine since its start compare.
package protocol SteadyClock: Sendable {
    func reading() -> SteadyInstant
}

/// A reading of a steady clock.
package struct SteadyInstant: Hashable, Comparable, Sendable {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package static func < (left: SteadyInstant, right: SteadyInstant) -> Bool {
        left.microseconds < right.microseconds
    }

    package func advanced(milliseconds: Int) -> SteadyInstant {
        SteadyInstant(microseconds: microseconds + Int64(milliseconds) * 1000)
    }
}

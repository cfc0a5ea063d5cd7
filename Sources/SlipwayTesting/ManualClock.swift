package import SlipwayDomain
import Synchronization

/// A clock that stands still until it is told to move.
package final class ManualClock: WallClock {
    private let microseconds: Mutex<Int64>

    /// Starts at a time nobody mistakes for today: 2001-09-09T01:46:40Z.
    package init(_ start: Timestamp = Timestamp(microseconds: 1_000_000_000_000_000)) {
        microseconds = Mutex(start.microseconds)
    }

    package func now() -> Timestamp {
        Timestamp(microseconds: microseconds.withLock { $0 })
    }

    package func advance(seconds: Double) {
        microseconds.withLock { $0 += Int64((seconds * 1_000_000).rounded()) }
    }
}

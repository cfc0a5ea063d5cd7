package import SlipwayDomain
import Synchronization

/// A wall clock and a steady clock that stand still until they are told to move.
package final class ManualClock: WallClock, SteadyClock {
    private struct Hands {
        var wall: Int64
        var steady: Int64 = 1_000_000
    }

    private let hands: Mutex<Hands>

    /// Starts at a time nobody mistakes for today: 2030-01-01T00:00:00Z.
    package init(_ start: Timestamp = Timestamp(microseconds: 1_893_456_000_000_000)) {
        hands = Mutex(Hands(wall: start.microseconds))
    }

    package func now() -> Timestamp {
        Timestamp(microseconds: hands.withLock { $0.wall })
    }

    package func reading() -> SteadyInstant {
        SteadyInstant(microseconds: hands.withLock { $0.steady })
    }

    /// Lets time pass.
    package func advance(seconds: Double) {
        let microseconds = Int64((seconds * 1_000_000).rounded())
        hands.withLock {
            $0.wall += microseconds
            $0.steady += microseconds
        }
    }

    /// Sets the wall clock forward or back, as an administrator would; no time passes.
    package func jump(seconds: Double) {
        hands.withLock { $0.wall += Int64((seconds * 1_000_000).rounded()) }
    }
}

package import SlipwayDomain
import Synchronization

/// How long a worker may take its runs for its own, by its own steady clock.
///
/// It begins before a beat is sent, and others begin to wait when they have seen the beat: so a worker that was stopped
/// knows that its time is over before anyone can have taken a run off it, and makes no call on one that may be another's.
package final class WorkerLease: Sendable {
    private let end = Atomic(Int64.min)

    package init() {}

    /// One that never ends, for a run that no other worker can take.
    package static func endless() -> WorkerLease {
        let lease = WorkerLease()
        lease.end.store(.max, ordering: .releasing)
        return lease
    }

    package func renew(until end: SteadyInstant) {
        self.end.store(end.microseconds, ordering: .releasing)
    }

    func holds(at now: SteadyInstant) -> Bool {
        now.microseconds < end.load(ordering: .acquiring)
    }
}

/// The worker's beats have not got through for as long as its lease: nothing may be done at a provider until it knows
/// which runs are still its own.
package struct LeaseLapsed: Error {}

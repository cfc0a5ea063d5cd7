import SlipwayDomain
import Synchronization

/// What passes between a run's adapter and its worker while a call is under way: how far it is, and whether
/// someone wants it to stop.
package final class RunSignals: Sendable {
    private let cancelRequested = Atomic(false)
    private let stopping = Atomic(false)
    private let done = Atomic(Int64(-1))
    private let total = Atomic(Int64(-1))

    package init() {}

    package var isCancelRequested: Bool { cancelRequested.load(ordering: .relaxed) }

    package func requestCancel() {
        cancelRequested.store(true, ordering: .relaxed)
    }

    /// Whether the worker is stopping: the run is handed back at its next step.
    package var isStopping: Bool { stopping.load(ordering: .relaxed) }

    package func stop() {
        stopping.store(true, ordering: .relaxed)
    }

    func report(_ progress: RunProgress) {
        total.store(progress.total.map(Int64.init) ?? -1, ordering: .relaxed)
        done.store(Int64(progress.done), ordering: .relaxed)
    }

    /// The newest progress; nil before the first.
    var progress: RunProgress? {
        let done = done.load(ordering: .relaxed)
        let total = total.load(ordering: .relaxed)
        return done < 0 ? nil : RunProgress(done: Int(done), total: total < 0 ? nil : Int(total))
    }
}

package import SlipwayDomain
import Synchronization

/// What passes between a run's adapter and its worker while a call is under way: how far it is, and whether
/// someone wants it to stop.
package final class RunSignals: Sendable {
    private let cancelRequested = Atomic(false)
    private let stopping = Atomic(false)
    private let done = Atomic(Int64(-1))
    private let total = Atomic(Int64(-1))
    private let underWay = Mutex<CallUnderWay?>(nil)

    private let lost = Atomic(false)
    private let lease: WorkerLease

    package init(lease: WorkerLease = .endless()) {
        self.lease = lease
    }

    /// Whether the worker was taken for dead: the run may be another's by now.
    package var isLost: Bool { lost.load(ordering: .relaxed) }

    /// Cuts the call that is under way; what it answers is offered to the store, which refuses it.
    package func lose() {
        lost.store(true, ordering: .relaxed)
        underWay.withLock { $0?.cut() }
    }

    /// Throws when the worker cannot be sure any more that the run is its own.
    func checkLease(at now: SteadyInstant) throws(LeaseLapsed) {
        guard lease.holds(at: now), !isLost else { throw LeaseLapsed() }
    }

    package var isCancelRequested: Bool { cancelRequested.load(ordering: .relaxed) }

    package func requestCancel() {
        cancelRequested.store(true, ordering: .relaxed)
    }

    /// Whether the worker is stopping: the run is handed back at its next step.
    package var isStopping: Bool { stopping.load(ordering: .relaxed) }

    /// Asks the run to be handed back, and cuts the call that is under way.
    package func stop() {
        stopping.store(true, ordering: .relaxed)
        underWay.withLock { $0?.cut() }
    }

    /// Cuts the call that is under way when its time is over.
    package func cutIfLate(at now: SteadyInstant) {
        underWay.withLock { call in
            if let call, call.deadline <= now { call.cut() }
        }
    }

    /// Makes a call that can be cut short: then its task is cancelled, and what it answers to that is what counts.
    func calling<Answer: Sendable>(
        until deadline: SteadyInstant, _ call: @escaping @Sendable () async -> Answer
    ) async -> Answer {
        let (cuts, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        underWay.withLock { $0 = CallUnderWay(deadline: deadline, cuts: continuation) }
        defer { underWay.withLock { $0 = nil } }
        return await withTaskGroup { group in
            group.addTask {
                let answer = await call()
                continuation.finish()
                return answer
            }
            for await _ in cuts { group.cancelAll() }
            guard let answer = await group.next() else { preconditionFailure("the call is in the group") }
            return answer
        }
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

/// A call to a provider that has not answered yet.
private struct CallUnderWay: Sendable {
    let deadline: SteadyInstant
    let cuts: AsyncStream<Void>.Continuation

    func cut() { cuts.yield() }
}

/// One thing that happened to a run. A run's state is the fold of its events and nothing else.
package enum RunEvent: Hashable, Sendable {
    /// The gate let it in; it waits for a worker.
    case accepted
    /// The gate refused it; it is over before it began.
    case blocked(ReasonCode)
    /// A worker took it, for one more attempt under a new fence.
    case claimed
    case cancelRequested
    case cancelAcknowledged
    /// The attempt failed in a way that time may heal; it waits for its next turn.
    case retryScheduled(ReasonCode)
    /// Its worker stopped, or died with another run to blame; that attempt does not count.
    case interrupted
    /// Its worker died and it may be why. It waits for another, alone, or ends when it has cost enough of them.
    case workerLost
    case finished(RunOutcome, ReasonCode?)
    /// A worker that had lost the run tried to write; nothing changed but this record.
    case staleWriteRefused

    package enum Kind: String, CaseIterable, Sendable {
        case accepted
        case blocked
        case claimed
        case cancelRequested = "cancel_requested"
        case cancelAcknowledged = "cancel_acknowledged"
        case retryScheduled = "retry_scheduled"
        case interrupted
        case workerLost = "worker_lost"
        case finished
        case staleWriteRefused = "stale_write_refused"
    }

    package var kind: Kind {
        switch self {
        case .accepted: .accepted
        case .blocked: .blocked
        case .claimed: .claimed
        case .cancelRequested: .cancelRequested
        case .cancelAcknowledged: .cancelAcknowledged
        case .retryScheduled: .retryScheduled
        case .interrupted: .interrupted
        case .workerLost: .workerLost
        case .finished: .finished
        case .staleWriteRefused: .staleWriteRefused
        }
    }
}

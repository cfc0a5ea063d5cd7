/// How far a run is. The words are the contract's.
package enum RunStatus: String, CaseIterable, Sendable {
    case queued
    case running
    case completed
}

/// What came of a run; `pending` until it is completed.
package enum RunOutcome: String, CaseIterable, Sendable {
    case pending
    case succeeded
    case partiallySucceeded = "partially_succeeded"
    case failed
    case blocked
    case cancelled
}

/// A cancellation goes in phases: someone asks, the worker sees it, the run ends.
package enum CancelPhase: String, CaseIterable, Sendable {
    case none
    case requested
    case acknowledged
}

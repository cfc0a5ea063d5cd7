/// The state of a run, derived from its events by one total function.
///
/// What a store keeps in a run's row is a copy of this; folding the run's events gives the same again.
package struct RunMachine: Hashable, Sendable {
    /// Nil before the first event.
    package private(set) var status: RunStatus?
    package private(set) var outcome = RunOutcome.pending
    package private(set) var reason: ReasonCode?
    package private(set) var cancel = CancelPhase.none
    /// Times a worker took the run, without those it did not get to the end of.
    package private(set) var attempt = 0
    /// Workers that died while they had it, when it may have been why.
    package private(set) var losses = 0
    /// Grows with every claim; a write that carries an older one is refused.
    package private(set) var fence: Int64 = 0
    package let maxAttempts: Int

    /// A run that is suspected of so many workers' deaths is not given another.
    package static let maxLosses = 5

    package init(maxAttempts: Int) {
        precondition(maxAttempts > 0, "a run has at least one attempt")
        self.maxAttempts = maxAttempts
    }

    /// The state a store kept.
    package init(
        status: RunStatus, outcome: RunOutcome, reason: ReasonCode?, cancel: CancelPhase, attempt: Int, losses: Int,
        fence: Int64, maxAttempts: Int
    ) {
        self.init(maxAttempts: maxAttempts)
        self.status = status
        self.outcome = outcome
        self.reason = reason
        self.cancel = cancel
        self.attempt = attempt
        self.losses = losses
        self.fence = fence
    }

    package init(folding events: some Sequence<RunEvent>, maxAttempts: Int) throws(IllegalTransition) {
        self.init(maxAttempts: maxAttempts)
        for event in events { try receive(event) }
    }

    /// Takes one event in, or throws and stays as it is.
    package mutating func receive(_ event: RunEvent) throws(IllegalTransition) {
        switch (status, event) {
        case (nil, .accepted):
            status = .queued
        case (nil, .blocked(let reason)):
            complete(.blocked, reason)
        case (.queued, .claimed):
            status = .running
            attempt += 1
            fence += 1
        case (.queued, .cancelRequested) where attempt == 0 && fence == 0:
            cancel = .requested
            complete(.cancelled, nil)
        case (.queued, .cancelRequested) where cancel == .none, (.running, .cancelRequested) where cancel == .none:
            cancel = .requested
        case (.running, .cancelAcknowledged) where cancel == .requested:
            cancel = .acknowledged
        case (.running, .retryScheduled(let reason)) where attempt < maxAttempts:
            status = .queued
            self.reason = reason
        case (.running, .interrupted):
            status = .queued
            attempt -= 1
        case (.running, .workerLost):
            losses += 1
            attempt -= 1
            if losses < Self.maxLosses {
                status = .queued
                self.reason = .workerLost
            } else {
                complete(.failed, .workersExhausted)
            }
        case (.running, .finished(let outcome, let reason)) where outcome != .pending && mayEnd(as: outcome):
            complete(outcome, reason)
        case (.some, .staleWriteRefused):
            break
        default:
            throw IllegalTransition(from: self, event: event)
        }
    }

    /// Only a cancellation that the worker has seen ends a run as cancelled.
    private func mayEnd(as outcome: RunOutcome) -> Bool {
        outcome != .cancelled || cancel == .acknowledged
    }

    private mutating func complete(_ outcome: RunOutcome, _ reason: ReasonCode?) {
        status = .completed
        self.outcome = outcome
        self.reason = reason
    }
}

/// An event that cannot happen in that state; the state is as it was.
package struct IllegalTransition: Error, Hashable, CustomStringConvertible {
    package let from: RunMachine
    package let event: RunEvent

    package var description: String {
        "a run that is \(from.status?.rawValue ?? "not there yet") cannot take \(event.kind.rawValue)"
            + (from.cancel == .none ? "" : " while its cancellation is \(from.cancel.rawValue)")
    }
}

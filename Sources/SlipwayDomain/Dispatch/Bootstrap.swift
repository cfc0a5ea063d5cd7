/// Where one operation of a bootstrap is.
package enum BootstrapState: String, CaseIterable, Sendable {
    /// Those before it are not over yet.
    case waiting
    /// Put to the gate and let in.
    case started
    case succeeded
    /// It was blocked or failed, or one before it was: it and all behind it do not start.
    case stopped
}

/// One operation of a bootstrap, as a decision about it needs it.
package struct BootstrapStep: Hashable, Sendable {
    package let operation: String
    package var state: BootstrapState
    package var run: ID<OperationRun>?
    package var reason: ReasonCode?

    package init(
        operation: String, state: BootstrapState = .waiting, run: ID<OperationRun>? = nil, reason: ReasonCode? = nil
    ) {
        self.operation = operation
        self.state = state
        self.run = run
        self.reason = reason
    }
}

/// What is to be done about a bootstrap next.
package enum BootstrapMove: Hashable, Sendable {
    /// Look what became of this step's run.
    case look(position: Int)
    /// Put this step to the gate.
    case start(position: Int)
    case none

    /// One at a time, in order; a step that stopped stops the rest.
    package init(for steps: [BootstrapStep]) {
        for (position, step) in steps.enumerated() {
            switch step.state {
            case .succeeded: continue
            case .started:
                self = .look(position: position)
                return
            case .waiting:
                self = .start(position: position)
                return
            case .stopped:
                self = .none
                return
            }
        }
        self = .none
    }
}

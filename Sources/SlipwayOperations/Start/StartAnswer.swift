package import SlipwayDomain

/// The gate's answer to one start.
package struct StartAnswer: Sendable, Hashable {
    /// The request, with the connection it acts through.
    package let request: StartRequest
    package let connection: ConnectionFacts?
    package let decision: StartDecision
    /// The run that was made, or that is under way already; for `scope_busy`, the first holder.
    package let run: ID<OperationRun>?
    package let runStatus: RunStatus?

    var isQueued: Bool {
        if case .accepted = decision { true } else { false }
    }
}

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
    /// Whether this was decided before, under the same key, and only told again.
    package var isReplay = false

    var isQueued: Bool {
        if case .accepted = decision { true } else { false }
    }
}

/// A key that stands for another start already; nothing was started.
package struct StartKeyReused: Error, Hashable, Sendable, CustomStringConvertible {
    package let key: String

    package var description: String {
        "the key \(key) stands for another start: take a new key for a new start, and the same body for the same key"
    }
}

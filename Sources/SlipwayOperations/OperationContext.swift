package import Logging
package import SlipwayDomain

/// Who asks, for what workspace, and under which request: made once, handed to every use case.
package struct OperationContext: Sendable {
    package let actor: Initiator
    package let workspace: ID<Workspace>
    /// Names the request in the log and in every problem it is answered with.
    package let requestID: String
    package let logger: Logger

    package init(actor: Initiator, workspace: ID<Workspace>, requestID: String, logger: Logger) {
        self.actor = actor
        self.workspace = workspace
        self.requestID = requestID
        self.logger = logger
    }
}

/// What was asked for is not there, or is not the asker's to see: the two are one.
package enum NotFound: Error, Hashable, Sendable, CustomStringConvertible {
    case tenant(String)
    case connection(String)
    case run(String)
    case operation(String)
    case session(String)
    case restoreRun(String)

    package var description: String {
        switch self {
        case .tenant(let name): "there is no tenant \(name): `slipway tenant list` shows those there are"
        case .connection(let name): "there is no provider connection \(name)"
        case .run(let name): "there is no run \(name): `slipway runs list` shows those there are"
        case .operation(let name): "there is no operation \(name): `slipway operation list` shows those there are"
        case .session(let name): "there is no onboarding session \(name)"
        case .restoreRun(let name): "there is no restore run \(name)"
        }
    }
}

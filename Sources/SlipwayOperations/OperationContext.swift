package import Logging
package import SlipwayDomain

/// Who asks, for what workspace, what they may there, and under which request: made once, handed to every use case.
package struct OperationContext: Sendable {
    package let actor: Initiator
    /// Nil for the system, and for who has the data directory in hand.
    package let identity: Identity?
    package let workspace: ID<Workspace>
    package let access: Access
    package let origin: RequestOrigin
    package let logger: Logger

    package init(
        actor: Initiator, identity: Identity? = nil, workspace: ID<Workspace>, access: Access, origin: RequestOrigin,
        logger: Logger
    ) {
        self.actor = actor
        self.identity = identity
        self.workspace = workspace
        self.access = access
        self.origin = origin
        self.logger = logger
    }

    /// Names the request in the log and in every problem it is answered with.
    package var requestID: String { origin.requestID }

    /// What of the workspace the actor may see.
    package var scope: AccessScope { AccessScope(workspace: workspace, entitlement: access.entitlement) }

    /// Throws the given `NotFound` for what is not the actor's to see, and `Forbidden` for what is, when they lack the
    /// capability.
    package func require(
        _ capability: Capability?, on tenant: ID<Tenant>?, orHide hidden: @autoclosure () -> NotFound
    ) throws {
        switch access.decide(capability, on: tenant) {
        case .allowed: return
        case .hidden: throw hidden()
        case .lacking(let capability): throw Forbidden(capability: capability)
        }
    }

    /// The same where it is not said yet on which tenant.
    package func requireSomewhere(
        _ capability: Capability?, orHide hidden: @autoclosure () -> NotFound
    ) throws {
        guard access.isMember else { throw hidden() }
        guard let capability, !access.capabilities.contains(capability) else { return }
        throw Forbidden(capability: capability)
    }

    /// The record that the actor was let do something.
    package func allowed(
        _ capability: Capability, on tenant: ID<Tenant>?, _ resource: String, at now: Timestamp
    ) -> AccessRecord {
        allowed(capability.rawValue, on: tenant, resource, at: now)
    }

    /// The same for what takes no capability, such as one's own tokens.
    func allowed(
        _ action: String, on tenant: ID<Tenant>? = nil, _ resource: String, at now: Timestamp
    ) -> AccessRecord {
        AccessRecord(
            at: now, tenant: tenant, actor: actor, origin: origin, action: action, resource: resource,
            decision: .allowed)
    }
}

/// The actor sees what they asked for, and may not do this to it.
package struct Forbidden: Error, Hashable, Sendable, CustomStringConvertible {
    package let capability: Capability

    package init(capability: Capability) {
        self.capability = capability
    }

    package var description: String {
        "this needs the capability \(capability.rawValue), which you do not have here"
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
    case member(String)
    case token(String)
    case provider(String)
    case collection(String)
    case row(String)
    case journey(String)
    case decision(String)
    case packet(String)
    /// What only members of the workspace see.
    case workspace

    package var description: String {
        switch self {
        case .tenant(let name): "there is no tenant \(name): `slipway tenant list` shows those there are"
        case .connection(let name): "there is no provider connection \(name)"
        case .run(let name): "there is no run \(name): `slipway runs list` shows those there are"
        case .operation(let name): "there is no operation \(name): `slipway operation list` shows those there are"
        case .session(let name): "there is no onboarding session \(name)"
        case .restoreRun(let name): "there is no restore run \(name)"
        case .member(let name): "there is no member \(name): `slipway member list` shows those there are"
        case .token(let name): "there is no token \(name): `slipway token list` shows those there are"
        case .provider(let name): "there is no provider \(name): `slipway provider list` shows those there are"
        case .collection(let name): "there is no collection \(name)"
        case .row(let name): "there is no row \(name)"
        case .journey(let name): "there is no journey \(name): `slipway journey list` shows those there are"
        case .decision(let name): "nobody decides \(name)"
        case .packet(let name): "there is no packet \(name)"
        case .workspace: "there is nothing here for you"
        }
    }
}

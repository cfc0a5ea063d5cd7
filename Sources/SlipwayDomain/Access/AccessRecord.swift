/// One decision about access, as it is kept: who wanted to do what, from where, and what was said.
package struct AccessRecord: Hashable, Sendable {
    package enum Decision: String, CaseIterable, Hashable, Sendable {
        case allowed
        case refused
    }

    package let at: Timestamp
    package let tenant: ID<Tenant>?
    package let actor: Initiator
    package let origin: RequestOrigin
    /// The capability it took, or the route that was asked.
    package let action: String
    /// What it was about, such as `run 12`.
    package let resource: String
    package let decision: Decision
    /// Why it was refused, as the problem's kind has it.
    package let reason: String?

    package init(
        at: Timestamp, tenant: ID<Tenant>?, actor: Initiator, origin: RequestOrigin, action: String, resource: String,
        decision: Decision, reason: String? = nil
    ) {
        self.at = at
        self.tenant = tenant
        self.actor = actor
        self.origin = origin
        self.action = action
        self.resource = resource
        self.decision = decision
        self.reason = reason
    }

    /// The digest of the record at its place in the chain: of its canonical form and the digest before it.
    package func digest(at position: Int64, in workspace: ID<Workspace>, after previous: String) throws -> String {
        let json: JSONValue = [
            "action": .string(action), "actor": .string(actor.description), "at": .string(at.rfc3339),
            "decision": .string(decision.rawValue), "means": .string(origin.means),
            "position": .integer(position), "previous": .string(previous),
            "reason": reason.map(JSONValue.string) ?? .null, "requestId": .string(origin.requestID),
            "resource": .string(resource), "source": .string(origin.source),
            "tenant": tenant.map { .integer($0.number) } ?? .null, "workspace": .integer(workspace.number),
        ]
        return Digest(sha256Of: try json.canonicalBytes).hex
    }
}

/// Where a request came from, and by which means its sender was known.
package struct RequestOrigin: Hashable, Sendable {
    /// Names the request in the log and in every problem it is answered with.
    package let requestID: String
    /// The address it came from; `cli` and `schedule` for what came by no address.
    package let source: String
    /// How the actor was known: `mock-header`, `session`, `bearer`, `token 12`, `cli`, `schedule`.
    package let means: String

    package init(requestID: String, source: String, means: String) {
        self.requestID = requestID
        self.source = source
        self.means = means
    }

    package static let system = RequestOrigin(requestID: "system", source: "system", means: "system")
}

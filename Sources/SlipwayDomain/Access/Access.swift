/// The tenants of a workspace that someone may see.
package enum Entitlement: Hashable, Sendable {
    /// Every tenant, and what belongs to none.
    case workspace
    case tenants(Set<ID<Tenant>>)

    package static let nothing = Entitlement.tenants([])

    /// Nil stands for what belongs to no tenant.
    package func covers(_ tenant: ID<Tenant>?) -> Bool {
        switch self {
        case .workspace: true
        case .tenants(let tenants): tenant.map(tenants.contains) ?? false
        }
    }

    /// What both cover.
    package func narrowed(to other: Entitlement) -> Entitlement {
        switch (self, other) {
        case (.workspace, _): other
        case (_, .workspace): self
        case (.tenants(let own), .tenants(let others)): .tenants(own.intersection(others))
        }
    }
}

/// What one actor may see and do in one workspace: all that a decision needs, read once for a request.
package struct Access: Hashable, Sendable {
    package let entitlement: Entitlement
    package let capabilities: Set<Capability>

    package init(entitlement: Entitlement, capabilities: Set<Capability>) {
        self.entitlement = entitlement
        self.capabilities = capabilities
    }

    /// For the workers of the system itself, and for whoever has the data directory in hand.
    package static let full = Access(entitlement: .workspace, capabilities: Set(Capability.allCases))

    /// For one who is known, but not a member: sees nothing.
    package static let none = Access(entitlement: .nothing, capabilities: [])

    /// Whether a member of the workspace at all.
    package var isMember: Bool { entitlement != .nothing }

    /// The one rule. What the actor is not entitled to is hidden, whatever it is that they would do there; what they
    /// see and may not act on is refused by the name of what is missing.
    package func decide(_ capability: Capability?, on tenant: ID<Tenant>?) -> AccessDecision {
        guard entitlement.covers(tenant) else { return .hidden }
        guard let capability, !capabilities.contains(capability) else { return .allowed }
        return .lacking(capability)
    }

    /// The same access, within bounds.
    package func narrowed(to other: Access) -> Access {
        Access(
            entitlement: entitlement.narrowed(to: other.entitlement),
            capabilities: capabilities.intersection(other.capabilities))
    }
}

package enum AccessDecision: Hashable, Sendable {
    case allowed
    /// As if it were not there.
    case hidden
    case lacking(Capability)
}

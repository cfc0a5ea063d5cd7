package import SlipwayDomain
import SlipwaySQL
import SlipwayStore

/// Someone an OpenID provider vouches for, and what its claims make of them here.
package struct ProvenPerson: Sendable {
    package let identity: Identity
    package let name: String
    /// Nil when the claims give them no role; then they are what `slipway member add` made of them.
    package let role: Role?
    /// By name or number; nil for every tenant.
    package let tenants: Set<String>?

    package init(identity: Identity, name: String, role: Role?, tenants: Set<String>?) {
        self.identity = identity
        self.name = name
        self.role = role
        self.tenants = tenants
    }

    /// The member they are, written down when the claims say so; nil for one who is none.
    func settled(
        as id: ID<Member>, in workspace: ID<Workspace>, at now: Timestamp, _ transaction: any Transaction
    ) throws -> Member? {
        guard let role else { return try MemberStore.member(identity, in: workspace, transaction) }
        let member = Member(
            id: id, identity: identity, kind: .person, name: name, role: role.name,
            entitlement: try entitlement(in: workspace, transaction))
        try MemberStore.put(member, in: workspace, at: now, transaction)
        return try MemberStore.member(identity, in: workspace, transaction)
    }

    /// Names of tenants that are not here entitle to nothing.
    func entitlement(
        in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> Entitlement {
        guard let tenants else { return .workspace }
        if tenants.isEmpty { return .nothing }
        let all = try TenantReads.all(
            in: AccessScope(workspace: workspace, entitlement: .workspace), transaction)
        let named = all.filter { tenants.contains($0.name) || tenants.contains($0.id.description) }
        return .tenants(Set(named.map(\.id)))
    }
}

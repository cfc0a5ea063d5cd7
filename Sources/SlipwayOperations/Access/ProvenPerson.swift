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

    /// The member they are by now, written down; nil for one who is none. Whom only earlier claims made a member is none
    /// any more when the claims are silent, and their sessions and tokens end.
    func settled(
        as id: ID<Member>, in workspace: ID<Workspace>, at now: Timestamp, _ transaction: any Transaction
    ) throws -> Member? {
        guard let role else {
            guard let known = try MemberStore.member(identity, in: workspace, transaction) else { return nil }
            guard known.isByClaims else { return known }
            try MemberStore.remove(known.id, transaction)
            return nil
        }
        let member = Member(
            id: id, identity: identity, kind: .person, name: name, role: role.name,
            entitlement: try entitlement(in: workspace, transaction), isByClaims: true)
        return try MemberStore.put(member, in: workspace, at: now, transaction).member
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

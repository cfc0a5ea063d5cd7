package import SlipwayDomain
import SlipwaySQL
import SlipwayStore

/// Manages the members of a workspace. Each change and its entry in the access log are one transaction.
package struct Members: Sendable {
    private let changes: LoggedChanges

    package init(_ changes: LoggedChanges) {
        self.changes = changes
    }

    /// What a member is to be.
    package struct Draft: Sendable {
        package var identity: Identity
        package var kind: MemberKind
        package var name: String
        package var role: Role
        /// By name or number; nil for every tenant.
        package var tenants: [String]?

        package init(identity: Identity, kind: MemberKind, name: String, role: Role, tenants: [String]?) {
            self.identity = identity
            self.kind = kind
            self.name = name
            self.role = role
            self.tenants = tenants
        }
    }

    /// Adds a member, or changes what they are. Returns them, and whether anything changed.
    package func put(
        _ draft: Draft, _ context: OperationContext
    ) async throws -> (member: Member, hasChanged: Bool) {
        try context.require(.manageMembers, on: nil, orHide: .workspace)
        return try await changes(in: RowScope(context.scope)) { change in
            let tenants = try draft.tenants.map { try change.transaction.tenants(named: $0, in: context.scope) }
            let member = Member(
                id: try change.id(), identity: draft.identity, kind: draft.kind, name: draft.name,
                role: draft.role.name, entitlement: tenants.map(Entitlement.tenants) ?? .workspace)
            let (settled, hasChanged) = try MemberStore.put(
                member, in: context.workspace, at: change.now, change.transaction)
            if hasChanged {
                try change.log(.manageMembers, "member \(draft.identity), \(draft.role.name)", by: context)
            }
            return (settled, hasChanged)
        }
    }

    package func all(_ context: OperationContext) async throws -> [Member] {
        try context.require(.manageMembers, on: nil, orHide: .workspace)
        return try await changes.database.scoped(to: context.scope).read {
            try MemberStore.all(in: context.workspace, $0)
        }
    }

    /// Removes a member; their sessions and tokens end with them.
    package func remove(_ identity: Identity, _ context: OperationContext) async throws {
        try context.require(.manageMembers, on: nil, orHide: .workspace)
        try await changes(in: RowScope(context.scope)) { change in
            guard let member = try MemberStore.member(identity, in: context.workspace, change.transaction) else {
                throw NotFound.member(identity.description)
            }
            try MemberStore.remove(member.id, change.transaction)
            try change.log(.manageMembers, "member \(identity), removed", by: context)
        }
    }
}

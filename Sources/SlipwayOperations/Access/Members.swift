package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// Manages the members of a workspace. Each change and its entry in the access log are one transaction.
package struct Members: Sendable {
    private let database: any Database
    private let clock: any WallClock
    private let ids: IDSource

    package init(_ database: any Database, clock: any WallClock, ids: IDSource) {
        self.database = database
        self.clock = clock
        self.ids = ids
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
    package func put(_ draft: Draft, _ context: OperationContext) async throws -> (member: Member, isNew: Bool) {
        try context.require(.manageMembers, on: nil, orHide: .workspace)
        let now = clock.now()
        let (id, entry) = (await ids.next(Member.self, at: now), await ids.next(AccessEntry.self, at: now))
        return try await database.scoped(to: context.scope).write { transaction in
            let tenants = try draft.tenants.map { names in
                try names.map { name in
                    guard let tenant = try TenantReads.tenant(named: name, in: context.scope, transaction) else {
                        throw NotFound.tenant(name)
                    }
                    return tenant.id
                }
            }
            let member = Member(
                id: id, identity: draft.identity, kind: draft.kind, name: draft.name, role: draft.role.name,
                entitlement: tenants.map { .tenants(Set($0)) } ?? .workspace)
            let changed = try MemberStore.put(member, in: context.workspace, at: now, transaction)
            if changed {
                let what = "member \(draft.identity), \(draft.role.name)"
                try context.log(.manageMembers, what, entry, at: now, transaction)
            }
            let known = try MemberStore.member(draft.identity, in: context.workspace, transaction)
            return (known ?? member, changed)
        }
    }

    package func all(_ context: OperationContext) async throws -> [Member] {
        try context.require(.manageMembers, on: nil, orHide: .workspace)
        return try await database.scoped(to: context.scope).read { try MemberStore.all(in: context.workspace, $0) }
    }

    /// Removes a member; their sessions and tokens end with them.
    package func remove(_ identity: Identity, _ context: OperationContext) async throws {
        try context.require(.manageMembers, on: nil, orHide: .workspace)
        let now = clock.now()
        let entry = await ids.next(AccessEntry.self, at: now)
        try await database.scoped(to: context.scope).write { transaction in
            guard let member = try MemberStore.member(identity, in: context.workspace, transaction) else {
                throw NotFound.member(identity.description)
            }
            try MemberStore.remove(member.id, transaction)
            try context.log(.manageMembers, "member \(identity), removed", entry, at: now, transaction)
        }
    }
}

extension OperationContext {
    /// Writes that the actor was let do something to the workspace.
    func log(
        _ capability: Capability, on tenant: ID<Tenant>? = nil, _ resource: String, _ entry: ID<AccessEntry>,
        at now: Timestamp, _ transaction: any Transaction
    ) throws {
        let record = allowed(capability, on: tenant, resource, at: now)
        try AccessLog.add([AccessLog.NewEntry(number: entry.number, workspace: workspace, record)], transaction)
    }
}

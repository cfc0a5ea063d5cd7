package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// Changes that somebody was let make: each is one transaction with its entry in the access log, so that neither is there
/// without the other.
package struct LoggedChanges: Sendable {
    let database: any Database
    let clock: any WallClock
    private let ids: IDSource

    package init(_ database: any Database, clock: any WallClock, ids: IDSource) {
        self.database = database
        self.clock = clock
        self.ids = ids
    }

    /// One change under way.
    struct Change {
        let transaction: any Transaction
        let now: Timestamp
        fileprivate let number: ID<AccessEntry>

        /// The id of the one thing the change makes; the entry about it has the same number.
        func id<Entity>(of entity: Entity.Type = Entity.self) throws -> ID<Entity> {
            guard let id = ID<Entity>(number.number) else { preconditionFailure("a number that was minted is an id") }
            return id
        }

        /// Writes the change's entry.
        func log(_ record: AccessRecord, in workspace: ID<Workspace>) throws {
            try AccessLog.add([AccessLog.NewEntry(number: number.number, workspace: workspace, record)], transaction)
        }

        /// Writes that the actor was let do something to the workspace, or to one of its tenants.
        func log(
            _ capability: Capability, on tenant: ID<Tenant>? = nil, _ resource: String, by context: OperationContext
        ) throws {
            try log(context.allowed(capability, on: tenant, resource, at: now), in: context.workspace)
        }
    }

    func callAsFunction<Result: Sendable>(
        in scope: RowScope, _ body: @escaping @Sendable (Change) throws -> Result
    ) async throws -> Result {
        let now = clock.now()
        let number = await ids.next(AccessEntry.self, at: now)
        return try await database.scoped(to: scope).write {
            try body(Change(transaction: $0, now: now, number: number))
        }
    }
}

extension Transaction {
    /// The tenants of those names or numbers, as far as the scope goes; throws `NotFound` for the first that is not there.
    func tenants(named names: [String], in scope: AccessScope) throws -> Set<ID<Tenant>> {
        try Set(
            names.map { name in
                guard let tenant = try TenantReads.tenant(named: name, in: scope, self) else {
                    throw NotFound.tenant(name)
                }
                return tenant.id
            })
    }
}

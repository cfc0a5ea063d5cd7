package import SlipwayDomain
package import SlipwaySQL
package import SlipwayStore

/// Manages the tenants of a workspace. Each change and its entry in the access log are one transaction.
package struct Tenants: Sendable {
    private let database: any Database
    private let clock: any WallClock
    private let ids: IDSource

    package init(_ database: any Database, clock: any WallClock, ids: IDSource) {
        self.database = database
        self.clock = clock
        self.ids = ids
    }

    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case nameTaken(String)

        package var description: String {
            switch self {
            case .nameTaken(let name): "there is a tenant \(name) already"
            }
        }
    }

    /// `directory` is the id of its directory at the provider.
    package func add(
        name: String, directory: String?, _ context: OperationContext
    ) async throws -> ID<Tenant> {
        try context.require(.manageTenants, on: nil, orHide: .workspace)
        let now = clock.now()
        let (id, entry) = (await ids.next(Tenant.self, at: now), await ids.next(AccessEntry.self, at: now))
        do {
            try await database.scoped(to: context.scope).write { transaction in
                try TenantReads.add(
                    id, name: name, directory: directory, to: context.workspace, at: now, transaction)
                try context.log(.manageTenants, on: id, "tenant \(id), \(name)", entry, at: now, transaction)
            }
        } catch DatabaseError.unique {
            throw Failure.nameTaken(name)
        }
        return id
    }

    /// By name, as far as the actor is entitled.
    package func all(_ context: OperationContext) async throws -> [TenantRecord] {
        try await database.scoped(to: context.scope).read { try TenantReads.all(in: context.scope, $0) }
    }
}

package import SlipwayDomain
import SlipwaySQL
package import SlipwayStore

/// Manages the tenants of a workspace. Each change and its entry in the access log are one transaction.
package struct Tenants: Sendable {
    private let changes: LoggedChanges

    package init(_ changes: LoggedChanges) {
        self.changes = changes
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
        do {
            return try await changes(in: RowScope(context.scope)) { change in
                let id: ID<Tenant> = try change.id()
                try TenantReads.add(
                    id, name: name, directory: directory, to: context.workspace, at: change.now, change.transaction)
                try change.log(.manageTenants, on: id, "tenant \(id), \(name)", by: context)
                return id
            }
        } catch DatabaseError.unique {
            throw Failure.nameTaken(name)
        }
    }

    /// By name, as far as the actor is entitled.
    package func all(_ context: OperationContext) async throws -> [TenantRecord] {
        try await changes.database.scoped(to: context.scope).read { try TenantReads.all(in: context.scope, $0) }
    }
}

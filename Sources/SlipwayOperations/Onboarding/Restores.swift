package import SlipwayDomain
import SlipwaySQL
package import SlipwayStore

/// Manages restores: what of a tenant goes back to which copy of its directory. Carrying one out is an operation.
package struct Restores: Sendable {
    private let changes: LoggedChanges

    package init(_ changes: LoggedChanges) {
        self.changes = changes
    }

    /// `tenant` by name or number; `snapshot` is the selection under which its directory was copied.
    package func add(
        tenant: String, snapshot: String, removesAdded: Bool, _ context: OperationContext
    ) async throws -> RestoreRecord {
        try await changes(in: RowScope(context.scope)) { change in
            let tenant = try change.tenant(named: tenant, context)
            try context.require(.executeRestore, on: tenant.id, orHide: .tenant(tenant.name))
            let restore = RestoreRecord(
                id: try change.id(), tenant: tenant.id, snapshot: snapshot, removesAdded: removesAdded,
                createdAt: change.now)
            try RestoreStore.add(restore, to: context.workspace, change.transaction)
            try change.log(.executeRestore, on: tenant.id, "restore \(restore.id), to \(snapshot)", by: context)
            return restore
        }
    }

    /// Newest first, as far as the actor is entitled.
    package func all(_ context: OperationContext) async throws -> [RestoreRecord] {
        try await changes.database.scoped(to: context.scope).read { try RestoreStore.all(in: context.scope, $0) }
    }

    /// One; of that tenant, by name or number, when one is named.
    package func restore(
        _ name: String, of tenant: String? = nil, _ context: OperationContext
    ) async throws -> RestoreRecord {
        guard let id = ID<Restore>(text: name) else { throw NotFound.restoreRun(name) }
        let scope = context.scope
        let found = try await changes.database.scoped(to: scope).read { transaction -> RestoreRecord? in
            guard let restore = try RestoreStore.restore(id, in: scope, transaction) else { return nil }
            guard let tenant else { return restore }
            return try TenantReads.tenant(named: tenant, in: scope, transaction)?.id == restore.tenant ? restore : nil
        }
        guard let found else { throw NotFound.restoreRun(name) }
        return found
    }
}

extension RestoreRecord {
    /// What a start of it is about.
    package var target: [String: String] {
        ["restore_run": id.description, "snapshot": snapshot, "remove_added": removesAdded ? "true" : "false"]
    }
}

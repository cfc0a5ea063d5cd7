package import SlipwayDomain
package import SlipwaySQL

/// A restore as its row has it: what of a tenant goes back to which copy of its directory.
package struct RestoreRecord: Sendable, Hashable {
    package let id: ID<Restore>
    package let tenant: ID<Tenant>
    /// The selection under which the directory was copied.
    package let snapshot: String
    /// Whether what was added since the copy is taken away.
    package let removesAdded: Bool
    package let createdAt: Timestamp

    package init(
        id: ID<Restore>, tenant: ID<Tenant>, snapshot: String, removesAdded: Bool, createdAt: Timestamp
    ) {
        self.id = id
        self.tenant = tenant
        self.snapshot = snapshot
        self.removesAdded = removesAdded
        self.createdAt = createdAt
    }
}

/// What is read and written of restores.
package enum RestoreStore {
    package static func add(
        _ restore: RestoreRecord, to workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO restore_runs (id, workspace_id, tenant_id, snapshot, removes_added, created_at)
            VALUES (\(restore.id), \(workspace), \(restore.tenant), \(restore.snapshot), \(restore.removesAdded),
                \(restore.createdAt))
            """)
    }

    /// One restore, if the scope covers it.
    package static func restore(
        _ id: ID<Restore>, in scope: AccessScope, _ transaction: any Transaction
    ) throws -> RestoreRecord? {
        try restores("id = \(id) AND " + .visible(to: scope), transaction).first
    }

    /// Newest first.
    package static func all(in scope: AccessScope, _ transaction: any Transaction) throws -> [RestoreRecord] {
        try restores(.visible(to: scope), transaction)
    }

    private static func restores(_ condition: SQL, _ transaction: any Transaction) throws -> [RestoreRecord] {
        try transaction.query(
            """
            SELECT id, tenant_id, snapshot, removes_added, created_at FROM restore_runs WHERE \(sql: condition)
            ORDER BY id DESC
            """
        ).map { row in
            RestoreRecord(
                id: try row.id("id"), tenant: try row.id("tenant_id"), snapshot: try row.text("snapshot"),
                removesAdded: try row.integer("removes_added") == 1, createdAt: try row.moment("created_at"))
        }
    }
}

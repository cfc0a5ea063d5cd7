package import SlipwayDomain
package import SlipwaySQL

/// A tenant as its row has it.
package struct TenantRecord: Sendable, Hashable {
    package let id: ID<Tenant>
    package let name: String
    /// The provider's directory it is, by either of its two names.
    package let directory: String?
}

/// What is read and written of workspaces and tenants.
package enum TenantReads {
    /// A tenant by its id, or else by its name, if the scope covers it.
    package static func tenant(
        named name: String, in scope: AccessScope, _ transaction: any Transaction
    ) throws -> TenantRecord? {
        let id = ID<Tenant>(text: name)
        let rows = try transaction.query(
            """
            SELECT id, name, COALESCE(tenant_id, external_id) AS directory FROM tenants
            WHERE \(sql: .visibleTenant(to: scope)) AND (id = \(id?.number) OR name = \(name)) ORDER BY id
            """)
        let found = try rows.map(record)
        return found.first { $0.id == id } ?? found.first
    }

    package static func all(
        in scope: AccessScope, _ transaction: any Transaction
    ) throws -> [TenantRecord] {
        try transaction.query(
            """
            SELECT id, name, COALESCE(tenant_id, external_id) AS directory FROM tenants
            WHERE \(sql: .visibleTenant(to: scope)) ORDER BY name, id
            """
        ).map(record)
    }

    /// Adds a tenant. Throws `unique` when the workspace has one of that name.
    package static func add(
        _ id: ID<Tenant>, name: String, directory: String?, externalID: String? = nil, to workspace: ID<Workspace>,
        at now: Timestamp, _ transaction: any Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO tenants (id, workspace_id, name, tenant_id, external_id, created_at)
            VALUES (\(id), \(workspace), \(name), \(directory), \(externalID), \(now))
            """)
    }

    /// The workspace of that name, made when there is none.
    package static func workspace(
        named name: String, orNew id: ID<Workspace>, at now: Timestamp, _ transaction: any Transaction
    ) throws -> ID<Workspace> {
        try transaction.execute(
            """
            INSERT INTO workspaces (id, name, created_at) VALUES (\(id), \(name), \(now))
            ON CONFLICT (name) DO NOTHING
            """)
        return try transaction.query("SELECT id FROM workspaces WHERE name = \(name)").first?.id("id") ?? id
    }

    private static func record(_ row: Row) throws -> TenantRecord {
        TenantRecord(id: try row.id("id"), name: try row.text("name"), directory: try row.textIfAny("directory"))
    }
}

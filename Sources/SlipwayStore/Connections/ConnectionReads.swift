package import SlipwayDomain
package import SlipwaySQL

/// What is read of provider connections.
package enum ConnectionReads {
    package static func facts(
        ofTenants tenants: [ID<Tenant>], in transaction: any Transaction
    ) throws -> [ConnectionFacts] {
        guard !tenants.isEmpty else { return [] }
        return try facts("\(anyOf: tenants, in: "tenant_id")", transaction)
    }

    /// One connection, if the scope covers it.
    package static func facts(
        of connection: ID<ProviderConnection>, in scope: AccessScope, _ transaction: any Transaction
    ) throws -> ConnectionFacts? {
        try facts("id = \(connection) AND " + .visible(to: scope), transaction).first
    }

    private static func facts(_ condition: SQL, _ transaction: any Transaction) throws -> [ConnectionFacts] {
        try transaction.query(
            """
            SELECT id, tenant_id, provider, display_name, is_default, status, entra_tenant_id,
                CASE WHEN last_health_check_at IS NOT NULL THEN scopes_granted END AS granted,
                (SELECT COALESCE(t.tenant_id, t.external_id) FROM tenants t WHERE t.id = c.tenant_id) AS directory,
                (SELECT COUNT(*) FROM provider_credentials k WHERE k.provider_connection_id = c.id) AS credentials
            FROM provider_connections c WHERE \(sql: condition) ORDER BY id
            """
        ).map { row in
            ConnectionFacts(
                id: try row.id("id"), tenant: try row.id("tenant_id"), provider: try row.text("provider"),
                label: try row.text("display_name"), isDefault: try row.integer("is_default") == 1,
                status: try row.state("status"), directory: try row.text("entra_tenant_id"),
                tenantDirectory: try row.textIfAny("directory"), hasCredential: try row.integer("credentials") > 0,
                scopesGranted: try row.jsonIfAny("granted")?.arrayValue?.compactMap(\.stringValue))
        }
    }
}

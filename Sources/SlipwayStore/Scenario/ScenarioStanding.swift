import SlipwayDomain
package import SlipwaySQL

/// How tenants are kept apart, by asking the database that is connected.
package enum ScenarioStanding {
    static func mode(_ transaction: any Transaction) throws -> ScenarioTenantMode {
        switch transaction.dialect {
        case .sqlite:
            let tenants = try transaction.query("SELECT COUNT(DISTINCT tenant_id) AS tenants FROM tenants").first
            return try tenants?.integer("tenants") ?? 0 > 1 ? .shared : .single
        case .postgres:
            return try fault(transaction) == nil ? .secured : .unsecured
        }
    }

    /// Throws `denied`, and says why, unless the server keeps tenants apart whatever a statement asks for.
    package static func check(_ database: any Database) async throws {
        guard database.dialect == .postgres else { return }
        let found = try await database.scoped(to: .none).read { try fault($0) ?? openTable($0) }
        if let found { throw DatabaseError.denied(found) }
    }

    /// Why rows of another tenant could be seen; nil when they cannot.
    private static func fault(_ transaction: any Transaction) throws -> String? {
        guard let row = try transaction.query(standing).first else { return "the role that is connected is gone" }
        let role = try row.text("role")
        if try row.integer("tables") != Int64(ScenarioCollection.allCases.count) {
            return "the schema has no \(ScenarioSession.contract): move one there with slipway cutover"
        }
        if let table = try row.textIfAny("unbound") {
            return "\(role) is bound by no policy of \(table): connect as the cutover's application role, which can "
                + "bypass none, and have FORCE ROW LEVEL SECURITY on every table"
        }
        if let table = try row.textIfAny("owned") {
            return "\(role) may take \(table) out of row security: have another role own the tables"
        }
        return nil
    }

    /// `row_security_active` is what the server itself would decide for this role; a policy that reads no setting binds
    /// nobody to a tenant.
    private static let standing: SQL = """
        SELECT current_user AS role, COUNT(*) AS tables,
            MIN(CASE WHEN NOT row_security_active(c.oid) OR COALESCE((
                SELECT MIN(CASE WHEN p.qual LIKE '%current_setting(%' THEN 1 ELSE 0 END) FROM pg_policies p
                WHERE p.schemaname = current_schema() AND p.tablename = c.relname), 0) = 0
                THEN CAST(c.relname AS TEXT) END) AS unbound,
            MIN(CASE WHEN pg_has_role(c.relowner, 'MEMBER') THEN CAST(c.relname AS TEXT) END) AS owned
        FROM pg_class c
        WHERE c.relkind = 'r' AND CAST(c.relnamespace AS REGNAMESPACE) = CAST(current_schema() AS REGNAMESPACE)
            AND \(anyOf: ScenarioCollection.allCases.map(\.rawValue), in: "relname")
        """

    /// Seen for itself, where no tenant is named: then there is nothing to see.
    private static func openTable(_ transaction: any Transaction) throws -> String? {
        for collection in ScenarioCollection.allCases {
            let rows = try transaction.query("SELECT 1 AS seen FROM \(identifier: collection.rawValue) LIMIT 1")
            if !rows.isEmpty { return "rows of \(collection.rawValue) are seen without naming a tenant" }
        }
        return nil
    }
}

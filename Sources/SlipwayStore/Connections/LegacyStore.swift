package import SlipwayDomain
package import SlipwaySQL

/// The fields that tenants had before there were connections. Nothing but the way off them comes here: no start, no run
/// and no page reads these columns.
package enum LegacyStore {
    /// Tenants that carry any of the fields, by id.
    package static func tenants(
        in scope: AccessScope, _ transaction: any Transaction
    ) throws -> [LegacyFields] {
        try fields(SQL.visibleTenant(to: scope), transaction).filter(\.isPresent)
    }

    package static func fields(
        of tenant: ID<Tenant>, in scope: AccessScope, _ transaction: any Transaction
    ) throws -> LegacyFields? {
        try fields("id = \(tenant) AND " + SQL.visibleTenant(to: scope), transaction).first
    }

    private static func fields(_ condition: SQL, _ transaction: any Transaction) throws -> [LegacyFields] {
        try transaction.query(
            """
            SELECT id, name, COALESCE(tenant_id, external_id) AS directory, app_client_id, app_client_secret,
                app_certificate_thumbprint, app_notes
            FROM tenants WHERE \(sql: condition) ORDER BY id
            """
        ).map { row in
            LegacyFields(
                tenant: try row.id("id"), name: try row.text("name"), directory: try row.textIfAny("directory"),
                clientID: try row.textIfAny("app_client_id"), clientSecret: try row.textIfAny("app_client_secret"),
                certificateThumbprint: try row.textIfAny("app_certificate_thumbprint"),
                notes: try row.textIfAny("app_notes"))
        }
    }

    /// Gives a tenant its fields, as an import brings them.
    package static func put(_ fields: LegacyFields, _ transaction: any Transaction) throws {
        try transaction.execute(
            """
            UPDATE tenants SET app_client_id = \(fields.clientID), app_client_secret = \(fields.clientSecret),
                app_certificate_thumbprint = \(fields.certificateThumbprint), app_notes = \(fields.notes)
            WHERE id = \(fields.tenant)
            """)
    }

    /// Writes over the fields, where they still are what was read. The lengths stay, so that the bytes are written over
    /// in their place. Returns false when they were changed meanwhile.
    package static func overwrite(_ fields: LegacyFields, _ transaction: any Transaction) throws -> Bool {
        let blank = fields.overwritten
        return try transaction.execute(
            """
            UPDATE tenants SET app_client_id = \(blank.clientID), app_client_secret = \(blank.clientSecret),
                app_certificate_thumbprint = \(blank.certificateThumbprint), app_notes = \(blank.notes)
            WHERE id = \(fields.tenant) AND COALESCE(app_client_id, '') = \(fields.clientID ?? "")
                AND COALESCE(app_client_secret, '') = \(fields.clientSecret ?? "")
            """) == 1
    }

    /// Takes the fields away.
    package static func drop(_ tenant: ID<Tenant>, _ transaction: any Transaction) throws {
        try transaction.execute(
            """
            UPDATE tenants SET app_client_id = NULL, app_client_secret = NULL, app_certificate_thumbprint = NULL,
                app_notes = NULL
            WHERE id = \(tenant)
            """)
    }
}

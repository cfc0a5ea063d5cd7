package import SlipwayDomain
package import SlipwaySQL

/// What is read and written of provider connections.
package enum ConnectionStore {
    /// What a connection is made of.
    package struct Draft: Sendable {
        package let id: ID<ProviderConnection>
        package let tenant: ID<Tenant>
        package let provider: String
        package let directory: String
        package let label: String
        package let mode: ProviderMode
        package let endpoints: [String: String]

        package init(
            id: ID<ProviderConnection>, tenant: ID<Tenant>, provider: String, directory: String, label: String,
            mode: ProviderMode, endpoints: [String: String]
        ) {
            self.id = id
            self.tenant = tenant
            self.provider = provider
            self.directory = directory
            self.label = label
            self.mode = mode
            self.endpoints = endpoints
        }
    }

    /// Adds a connection; a tenant's first with a provider is the default. Throws `unique` when the tenant has one to
    /// that directory.
    package static func add(
        _ draft: Draft, to workspace: ID<Workspace>, at now: Timestamp, _ transaction: any Transaction
    ) throws {
        try lock(draft.tenant, transaction)
        let isFirst = try transaction.query(
            """
            SELECT id FROM provider_connections
            WHERE tenant_id = \(draft.tenant) AND provider = \(draft.provider) AND is_default = 1
            """
        ).isEmpty
        let endpoints = try JSONValue.object(draft.endpoints.mapValues(JSONValue.string)).text()
        try transaction.execute(
            """
            INSERT INTO provider_connections (id, workspace_id, tenant_id, provider, entra_tenant_id, display_name,
                is_default, mode, endpoints, created_at, updated_at)
            VALUES (\(draft.id), \(workspace), \(draft.tenant), \(draft.provider), \(draft.directory), \(draft.label),
                \(isFirst), \(draft.mode.rawValue), \(endpoints), \(now), \(now))
            """)
    }

    /// A tenant's connections change one after the other: whoever comes second waits here.
    private static func lock(_ tenant: ID<Tenant>, _ transaction: any Transaction) throws {
        _ = try transaction.query("SELECT id FROM tenants WHERE id = \(tenant)\(.forUpdate)")
    }

    /// One connection, if the scope covers it.
    package static func connection(
        _ id: ID<ProviderConnection>, in scope: AccessScope, _ transaction: any Transaction
    ) throws -> ConnectionRecord? {
        try records("c.id = \(id) AND " + visible(to: scope), transaction).first
    }

    /// The connection that a run goes through, with its workspace; nil when the run is not one of that connection's.
    package static func connectionOfRun(
        _ run: ID<OperationRun>, _ id: ID<ProviderConnection>, _ transaction: any Transaction
    ) throws -> (workspace: ID<Workspace>, connection: ConnectionRecord)? {
        let row = try transaction.query(
            """
            SELECT c.workspace_id FROM provider_connections c JOIN operation_runs r ON r.connection_id = c.id
            WHERE r.id = \(run) AND c.id = \(id)
            """
        ).first
        guard let row, let connection = try records("c.id = \(id)", transaction).first else { return nil }
        return (try row.id("workspace_id"), connection)
    }

    /// By tenant, provider and id.
    package static func all(
        in scope: AccessScope, tenant: ID<Tenant>? = nil, _ transaction: any Transaction
    ) throws -> [ConnectionRecord] {
        var condition = visible(to: scope)
        if let tenant { condition = condition + " AND c.tenant_id = \(tenant)" }
        return try records(condition, transaction)
    }

    private static func visible(to scope: AccessScope) -> SQL {
        let workspace: SQL = "c.workspace_id = \(scope.workspace)"
        guard case .tenants(let tenants) = scope.entitlement else { return workspace }
        return workspace + " AND \(anyOf: tenants.sorted(), in: "tenant_id")"
    }

    private static func records(_ condition: SQL, _ transaction: any Transaction) throws -> [ConnectionRecord] {
        try transaction.query(
            """
            SELECT \(sql: ConnectionRecord.columns)
            FROM (SELECT * FROM provider_connections c WHERE \(sql: condition)) c
            JOIN tenants t ON t.id = c.tenant_id
            LEFT JOIN provider_credentials k ON k.provider_connection_id = c.id
            ORDER BY t.name, c.provider, c.id
            """
        ).map(ConnectionRecord.init)
    }

    /// Makes it the default of its tenant and provider, and no other. Returns false when it is already.
    package static func makeDefault(
        _ connection: ConnectionRecord, at now: Timestamp, _ transaction: any Transaction
    ) throws -> Bool {
        try lock(connection.tenant, transaction)
        let others = try transaction.execute(
            """
            UPDATE provider_connections SET is_default = 0, updated_at = \(now)
            WHERE tenant_id = \(connection.tenant) AND provider = \(connection.provider) AND is_default = 1
                AND id <> \(connection.id)
            """)
        let own = try transaction.execute(
            """
            UPDATE provider_connections SET is_default = 1, updated_at = \(now)
            WHERE id = \(connection.id) AND is_default = 0
            """)
        return others + own > 0
    }

    /// Switches a connection off, or on again: then it has to be checked before it counts as connected.
    package static func setDisabled(
        _ isDisabled: Bool, _ id: ID<ProviderConnection>, at now: Timestamp, _ transaction: any Transaction
    ) throws -> Bool {
        let status: ConnectionStatus = isDisabled ? .disabled : .needsConsent
        return try transaction.execute(
            """
            UPDATE provider_connections SET status = \(status.rawValue), updated_at = \(now)
            WHERE id = \(id) AND (status = 'disabled') <> (\(isDisabled) = 1)
            """) == 1
    }

    /// Keeps what a check found. A connection that is switched off stays so.
    package static func found(
        _ findings: ConnectionFindings, of id: ID<ProviderConnection>, at now: Timestamp, _ transaction: any Transaction
    ) throws {
        let scopes = try findings.scopesGranted.map { try JSONValue.array($0.map(JSONValue.string)).text() }
        let isConnected = findings.consent == .granted
        let isMissing = findings.consent == .missing
        try transaction.execute(
            """
            UPDATE provider_connections SET
                status = CASE WHEN status = 'disabled' THEN status WHEN \(isConnected) = 1 THEN 'connected'
                    WHEN \(isMissing) = 1 THEN 'needs_consent' ELSE status END,
                health_status = \(findings.health.rawValue), last_health_check_at = \(now),
                consent_status = CASE WHEN \(findings.consent.rawValue) = 'unknown' THEN consent_status
                    ELSE \(findings.consent.rawValue) END,
                scopes_granted = COALESCE(\(scopes), scopes_granted),
                last_error_reason_code = \(findings.reason?.rawValue), last_error_message = \(findings.message),
                certificate = COALESCE(\(findings.certificate?.hex), certificate), updated_at = \(now)
            WHERE id = \(id)
            """)
    }

    /// Whether any run ever went through it, or waits to.
    package static func isUsed(_ id: ID<ProviderConnection>, _ transaction: any Transaction) throws -> Bool {
        try !transaction.query(
            """
            SELECT 1 AS used WHERE EXISTS (SELECT 1 FROM operation_runs WHERE connection_id = \(id))
                OR EXISTS (SELECT 1 FROM bootstrap_steps WHERE connection_id = \(id))
            """
        ).isEmpty
    }

    /// Removes it with its credentials and its history. When it was the default, the oldest that is left is.
    package static func remove(
        _ connection: ConnectionRecord, at now: Timestamp, _ transaction: any Transaction
    ) throws {
        try lock(connection.tenant, transaction)
        for table in ["earlier_credentials", "provider_credentials"] {
            try transaction.execute(
                "DELETE FROM \(identifier: table) WHERE provider_connection_id = \(connection.id)")
        }
        try transaction.execute("DELETE FROM connection_events WHERE connection_id = \(connection.id)")
        try transaction.execute("DELETE FROM provider_connections WHERE id = \(connection.id)")
        try transaction.execute(
            """
            UPDATE provider_connections SET is_default = 1, updated_at = \(now)
            WHERE id = (SELECT MIN(id) FROM provider_connections
                    WHERE tenant_id = \(connection.tenant) AND provider = \(connection.provider))
                AND NOT EXISTS (SELECT 1 FROM provider_connections d
                    WHERE d.tenant_id = \(connection.tenant) AND d.provider = \(connection.provider) AND d.is_default = 1)
            """)
    }
}

/// The history of connections.
package enum ConnectionHistory {
    package static func add<Entity>(
        _ event: ConnectionEvent, numbered number: ID<Entity>, to connection: ID<ProviderConnection>,
        _ transaction: any Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO connection_events (id, connection_id, kind, detail, actor, at)
            VALUES (\(number), \(connection), \(event.kind.rawValue), \(event.detail), \(event.actor), \(event.at))
            """)
    }

    /// Newest first.
    package static func events(
        of connection: ID<ProviderConnection>, limit: Int, _ transaction: any Transaction
    ) throws -> [ConnectionEvent] {
        try transaction.query(
            """
            SELECT kind, detail, actor, at FROM connection_events WHERE connection_id = \(connection)
            ORDER BY id DESC LIMIT \(limit)
            """
        ).map { row in
            ConnectionEvent(
                kind: try row.state("kind"), detail: try row.text("detail"), actor: try row.text("actor"),
                at: try row.moment("at"))
        }
    }
}

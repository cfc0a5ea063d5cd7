import SlipwaySQL

/// Whose rows: tenants 1 and 2 are of workspace 1, tenant 3 is of workspace 2.
struct Side: Sendable {
    let tenant: Int64
    let workspace: Int64

    static let first = Side(tenant: 1, workspace: 1)
    static let second = Side(tenant: 2, workspace: 1)
    static let abroad = Side(tenant: 3, workspace: 2)
    static let all = [first, second, abroad]

    var connection: Int64 { 200 + tenant }
    var run: Int64 { 300 + tenant }
    var session: Int64 { 400 + tenant }
    var member: Int64 { 500 + tenant }
    var journey: Int64 { 600 + tenant }
}

/// How a table is filled for a side, and how that side's rows are found.
struct SampleRows: Sendable {
    /// The narrowest scope that reaches a row.
    enum Reach: Sendable {
        case tenant
        case workspace
        case system
    }

    let table: String
    let reach: Reach
    /// The column that says whose a row is, and what it says.
    let column: String
    let value: @Sendable (Side) -> SQLValue
    /// Adds a row with the number in its key.
    let insert: @Sendable (Side, Int64) -> SQL

    init(
        _ table: String, _ reach: Reach, _ column: String, _ value: @escaping @Sendable (Side) -> SQLValue,
        _ insert: @escaping @Sendable (Side, Int64) -> SQL
    ) {
        self.table = table
        self.reach = reach
        self.column = column
        self.value = value
        self.insert = insert
    }

    /// Parents first.
    static let all = subjects + runs + access + journeys + shared

    private static let subjects = [
        SampleRows("workspaces", .workspace, "id", { .integer($0.workspace) }) { side, number in
            "INSERT INTO workspaces VALUES (\(number), \("workspace \(number)"), 0)"
        },
        SampleRows("tenants", .tenant, "id", { .integer($0.tenant) }) { side, number in
            """
            INSERT INTO tenants (id, workspace_id, name, created_at)
            VALUES (\(number), \(side.workspace), \("tenant \(number)"), 0)
            """
        },
        SampleRows("provider_connections", .tenant, "tenant_id", { .integer($0.tenant) }) { side, number in
            """
            INSERT INTO provider_connections (id, workspace_id, tenant_id, provider, entra_tenant_id, display_name,
                created_at, updated_at)
            VALUES (\(number), \(side.workspace), \(side.tenant), 'microsoft', \("directory \(number)"), 'Contoso', 0, 0)
            """
        },
        SampleRows(
            "provider_credentials", .tenant, "provider_connection_id", { .integer($0.connection) }
        ) { side, number in
            """
            INSERT INTO provider_credentials (id, provider_connection_id, payload, created_at, updated_at)
            VALUES (\(number), \(side.connection), \([0x00] as [UInt8]), 0, 0)
            """
        },
        SampleRows(
            "earlier_credentials", .tenant, "provider_connection_id", { .integer($0.connection) }
        ) { side, number in
            """
            INSERT INTO earlier_credentials (id, provider_connection_id, type, version, payload, key_ring, key_version,
                fingerprint, usable_until)
            VALUES (\(number), \(side.connection), 'api_key', 1, \([0x00] as [UInt8]), '', 0, '', 0)
            """
        },
        SampleRows("connection_events", .tenant, "connection_id", { .integer($0.connection) }) { side, number in
            "INSERT INTO connection_events VALUES (\(number), \(side.connection), 'added', '', 'olena', 0)"
        },
        SampleRows("directory_copies", .tenant, "tenant_id", { .integer($0.tenant) }) { side, number in
            """
            INSERT INTO directory_copies (id, workspace_id, tenant_id, connection_id, collection, selection)
            VALUES (\(number), \(side.workspace), \(side.tenant), \(side.connection), 'groups', \("part \(number)"))
            """
        },
        SampleRows("directory_objects", .tenant, "copy_id", { .integer($0.tenant) }) { side, number in
            """
            INSERT INTO directory_objects (copy_id, external_id, name, body, run_id, seen_at)
            VALUES (\(side.tenant), \("object \(number)"), 'Finance', '{}', 1, 0)
            """
        },
        SampleRows("onboarding_sessions", .tenant, "tenant_id", { .integer($0.tenant) }) { side, number in
            "INSERT INTO onboarding_sessions VALUES (\(number), \(side.workspace), \(side.tenant), 0)"
        },
        SampleRows("bootstrap_steps", .tenant, "session_id", { .integer($0.session) }) { side, number in
            """
            INSERT INTO bootstrap_steps (session_id, position, operation, connection_id, initiator, surface, state)
            VALUES (\(side.session), \(number), 'connection.check', \(side.connection), 'olena', 'test', 'waiting')
            """
        },
        SampleRows("restore_runs", .tenant, "tenant_id", { .integer($0.tenant) }) { side, number in
            """
            INSERT INTO restore_runs (id, workspace_id, tenant_id, created_at)
            VALUES (\(number), \(side.workspace), \(side.tenant), 0)
            """
        },
    ]

    private static let runs = [
        SampleRows("operation_runs", .tenant, "tenant_id", { .integer($0.tenant) }) { side, number in
            """
            INSERT INTO operation_runs (id, workspace_id, tenant_id, origin_id, type, identity, status, outcome, cancel,
                attempt, losses, max_attempts, fence, events, initiator_kind, initiator, surface, context, scopes,
                due_at, created_at)
            VALUES (\(number), \(side.workspace), \(side.tenant), \(number), 'test.sync', \("identity \(number)"),
                'queued', 'pending', 'none', 0, 0, 1, 0, 1, 'operator', 'olena', 'test', '{}', '', 0, 0)
            """
        },
        SampleRows("run_holds", .tenant, "run_id", { .integer($0.run) }) { side, number in
            "INSERT INTO run_holds VALUES (\("scope \(number)"), 0, \(side.run))"
        },
        SampleRows("run_items", .tenant, "run_id", { .integer($0.run) }) { side, number in
            """
            INSERT INTO run_items (run_id, position, item, status)
            VALUES (\(side.run), \(number), \("item \(number)"), 'planned')
            """
        },
        SampleRows("run_effects", .tenant, "origin_id", { .integer($0.run) }) { side, number in
            """
            INSERT INTO run_effects (effect_key, origin_id, item, state, fence, intended_at)
            VALUES (\("effect \(number)"), \(side.run), 'item', 'intended', 0, 0)
            """
        },
        SampleRows("run_events", .tenant, "run_id", { .integer($0.run) }) { side, number in
            "INSERT INTO run_events (run_id, sequence, kind, fence, at) VALUES (\(side.run), \(number), 'accepted', 0, 0)"
        },
    ]

    private static let access = [
        SampleRows("members", .workspace, "id", { .integer($0.member) }) { side, number in
            """
            INSERT INTO members VALUES (\(number), \(side.workspace), 'issuer', \("subject \(number)"), 'person', 'Olena',
                'owner', 0, 0, 0)
            """
        },
        SampleRows("member_tenants", .workspace, "member_id", { .integer($0.member) }) { side, number in
            "INSERT INTO member_tenants VALUES (\(side.member), \(number == side.tenant ? side.tenant : 1))"
        },
        SampleRows("api_tokens", .workspace, "member_id", { .integer($0.member) }) { side, number in
            """
            INSERT INTO api_tokens (id, workspace_id, member_id, name, digest, created_at, expires_at)
            VALUES (\(number), \(side.workspace), \(side.member), 'ci', '', 0, 0)
            """
        },
        SampleRows("sessions", .workspace, "member_id", { .integer($0.member) }) { side, number in
            """
            INSERT INTO sessions
            VALUES (\("digest \(number)"), \(side.workspace), \(side.member), 0, 0, 0, NULL, \([0x00] as [UInt8]))
            """
        },
        SampleRows("access_log", .tenant, "tenant_id", { .integer($0.tenant) }) { side, number in
            """
            INSERT INTO access_log (id, workspace_id, tenant_id, at, actor_kind, actor, means, action, resource, decision,
                request_id, source)
            VALUES (\(number), \(side.workspace), \(side.tenant), 0, 'operator', 'olena', 'test', 'run.cancel', 'run 1',
                'allowed', 'test', 'test')
            """
        },
    ]

    private static let journeys = [
        SampleRows("journeys", .workspace, "id", { .integer($0.journey) }) { side, number in
            """
            INSERT INTO journeys (id, workspace_id, name, from_environment, to_environment, created_at)
            VALUES (\(number), \(side.workspace), \("journey \(number)"), 'local-demo', 'staging', 0)
            """
        },
        SampleRows("decisions", .workspace, "journey_id", { .integer($0.journey) }) { side, number in
            """
            INSERT INTO decisions (id, journey_id, subject, verdict, signer, means, fields, seen, decided_at)
            VALUES (\(number), \(side.journey), 'inf.region', 'accepted', 'olena', 'test', '{}', '', 0)
            """
        },
    ]

    private static let shared = [
        SampleRows("start_keys", .workspace, "owner", { .text("operator:\($0.tenant)") }) { side, number in
            """
            INSERT INTO start_keys (name, owner, workspace_id, fingerprint, decision, at)
            VALUES (\("key \(number)"), \("operator:\(side.tenant)"), \(side.workspace), '', 'accepted', 0)
            """
        },
        SampleRows("evidence", .system, "scope", { .text("cutover \($0.tenant)") }) { side, number in
            """
            INSERT INTO evidence VALUES (\(number), 'kind', \("cutover \(side.tenant)"), 'pass', \("digest \(number)"),
                '{}', 0)
            """
        },
        SampleRows("login_attempts", .system, "created_at", { .integer($0.tenant) }) { side, number in
            "INSERT INTO login_attempts VALUES (\("digest \(number)"), \(side.tenant), \([0x00] as [UInt8]))"
        },
        SampleRows("workers", .system, "host", { .text("host \($0.tenant)") }) { side, number in
            "INSERT INTO workers VALUES (\(number), \("host \(side.tenant)"), '1', 0, 0)"
        },
    ]
}

extension SampleRows {
    /// The number of the row that the fixture has of a side.
    func number(of side: Side) -> Int64 {
        switch table {
        case "workspaces": side.workspace
        case "provider_connections": side.connection
        case "operation_runs": side.run
        case "onboarding_sessions": side.session
        case "members": side.member
        case "journeys": side.journey
        default: side.tenant
        }
    }

    func isOf(_ side: Side) -> SQL { "\(identifier: column) = \(value(side))" }
}

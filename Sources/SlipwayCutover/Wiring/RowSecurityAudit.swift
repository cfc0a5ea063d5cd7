import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL

/// What the server itself says of row-level security, table by table. It reads the server's catalogue and tries what must
/// not work; no setting of Slipway's is believed.
struct RowSecurityAudit {
    let names: TargetNames

    init(_ names: TargetNames) {
        self.names = names
    }

    /// The tables of a manifest that are there.
    func presentTables(_ tables: [TableMapping], on connection: PostgresConnection) throws -> [String] {
        let result = try connection.query(
            """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relkind IN ('r', 'p')
            """, [.text(names.schema)])
        let present = Set((0..<result.count).compactMap { result.text($0, 0) })
        return tables.map(\.target).filter(present.contains)
    }

    /// Where no tenant is named no row is reached, and a named one ends with its transaction.
    func context(_ tables: [TableMapping], on connection: PostgresConnection) throws -> ConnectionCheck {
        var faults: [String] = []
        for table in tables where table.tenantColumn != nil {
            do {
                let seen = try asApplication(nil, on: connection) {
                    try connection.query("SELECT count(*) FROM \(names.table(table.target))").integer(0, 0)
                }
                if seen != 0 { faults.append("\(table.target): \(seen ?? -1) rows without a tenant") }
            } catch DatabaseError.denied {
                faults.append("\(table.target) cannot be read by the application")
            }
        }
        faults += try defaultFaults(on: connection)
        let bound = tables.count { $0.tenantColumn != nil }
        return check("tenant", faults, "\(bound) tables show nothing while no tenant is named")
    }

    /// A tenant that a session starts with by itself would be everybody's.
    private func defaultFaults(on connection: PostgresConnection) throws -> [String] {
        let result = try connection.query(
            """
            SELECT coalesce(r.rolname::text, 'every role'), setting
            FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole, unnest(s.setconfig) setting
            WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
                AND starts_with(lower(setting), lower($1) || '=')
            """, [.text(names.tenantSetting)])
        return (0..<result.count).map { row in
            "sessions of \(result.text(row, 0) ?? "a role") begin with \(result.text(row, 1) ?? names.tenantSetting)"
        }
    }

    /// Every role's session comes as the application role, which can neither lift row security nor own a table.
    func claims(
        _ claims: [String], _ tables: [TableMapping], on connection: PostgresConnection
    ) throws -> ConnectionCheck {
        var faults = try roleFaults(on: connection)
        for claim in claims {
            let isOpen = try asApplication(claim, on: connection) {
                try connection.query("SELECT current_user::text").text(0, 0) == names.application
            }
            if !isOpen { faults.append("a session with the claims of \(claim) does not come as \(names.application)") }
        }
        return check(
            "claims", faults, "\(claims.count) roles come as \(names.application), which cannot lift row security")
    }

    private func roleFaults(on connection: PostgresConnection) throws -> [String] {
        let result = try connection.query(
            """
            SELECT r.rolsuper::text, r.rolbypassrls::text, r.rolcreaterole::text, r.rolreplication::text,
                pg_has_role($1, $2, 'MEMBER')::text,
                (SELECT string_agg(m.rolname, ', ' ORDER BY m.rolname) FROM pg_roles m
                 WHERE (m.rolsuper OR m.rolbypassrls) AND m.rolname <> $1 AND pg_has_role($1, m.oid, 'MEMBER'))
            FROM pg_roles r WHERE r.rolname = $1
            """, [.text(names.application), .text(names.owner)])
        guard result.count > 0 else { return ["there is no role \(names.application)"] }
        let rights = ["is a superuser", "bypasses row security", "may make roles", "may replicate"]
        var faults: [String] = []
        for (index, right) in rights.enumerated() where result.text(0, index) == "true" {
            faults.append("\(names.application) \(right)")
        }
        if result.text(0, 4) == "true" { faults.append("\(names.application) may become \(names.owner)") }
        if let powerful = result.text(0, 5) { faults.append("\(names.application) may become \(powerful)") }
        return faults
    }

    struct Undo: Error {}

    private func asApplication<Result>(
        _ claim: String?, on connection: PostgresConnection, _ body: () throws -> Result
    ) throws -> Result {
        var result: Result?
        do {
            try connection.scope("") {
                try takeOn(tenant: nil, claim: claim, on: connection)
                result = try body()
                throw Undo()
            }
        } catch is Undo {
        }
        guard let result else { throw CutoverError.protocolFault("a trial without a result") }
        return result
    }

    func takeOn(tenant: String?, claim: String?, on connection: PostgresConnection) throws {
        try connection.run("SET LOCAL ROLE \(SQL.quoted(names.application))")
        let side = TargetSide(names: names)
        try side.nameTenant(tenant.map { TenantName($0) } ?? .shared, on: connection)
        if let claim {
            _ = try connection.query("SELECT set_config('slipway.role', $1, true)", [.text(claim)])
        }
    }

    func check(_ id: String, _ faults: [String], _ detail: String) -> ConnectionCheck {
        ConnectionCheck(
            id: id, outcome: faults.isEmpty ? .pass : .fail,
            detail: faults.isEmpty ? detail : faults.joined(separator: "; "))
    }
}

import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL

/// The policies of each table, and what leads around them.
extension RowSecurityAudit {
    /// Row security is on and forced for every table, and every policy checks what is written as well as what is read.
    func policies(_ tables: [TableMapping], on connection: PostgresConnection) throws -> ConnectionCheck {
        var faults: [String] = []
        let present = try presentTables(tables, on: connection)
        for table in tables { faults += try self.faults(of: table, on: connection) }
        for table in tables where table.tenantColumn != nil && present.contains(table.target) {
            faults += try trials(on: table, connection)
        }
        faults += try wayAround(on: connection)
        return check(
            "rls", faults, "\(tables.count) tables under forced row security, each policy with USING and WITH CHECK")
    }

    private func faults(of table: TableMapping, on connection: PostgresConnection) throws -> [String] {
        let state = try connection.query(
            """
            SELECT c.relrowsecurity::text, c.relforcerowsecurity::text, pg_get_userbyid(c.relowner)::text
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p')
            """, [.text(names.schema), .text(table.target)])
        guard state.count > 0 else { return ["\(table.target) is not there"] }
        var faults: [String] = []
        if state.text(0, 0) != "true" { faults.append("\(table.target): row security is off") }
        if state.text(0, 1) != "true" { faults.append("\(table.target): row security is not forced") }
        if state.text(0, 2) == names.application { faults.append("\(table.target) belongs to the application") }
        guard table.tenantColumn != nil else { return faults }
        let policies = try connection.query(
            """
            SELECT policyname::text, permissive, cmd, coalesce(qual, ''), coalesce(with_check, '')
            FROM pg_policies WHERE schemaname = $1 AND tablename = $2
            """, [.text(names.schema), .text(table.target)])
        if policies.count == 0 { faults.append("\(table.target): there is no policy") }
        for row in 0..<policies.count {
            let name = policies.text(row, 0) ?? ""
            let reads = policies.text(row, 3) ?? ""
            let writes = policies.text(row, 4) ?? ""
            let command = policies.text(row, 2) ?? ""
            if command != "INSERT", !reads.contains(names.tenantSetting) {
                faults.append("\(table.target): policy \(name) reads rows by another rule than the tenant")
            }
            if command != "SELECT", command != "DELETE", !writes.contains(names.tenantSetting) {
                faults.append("\(table.target): policy \(name) does not check what is written")
            }
        }
        return faults
    }

    /// What the application may use in the schema and no policy of its own binds: views that read as their owner, functions
    /// that run as theirs, and tables outside of row security.
    private func wayAround(on connection: PostgresConnection) throws -> [String] {
        let result = try connection.query(
            """
            SELECT c.relname::text, 'is read as its owner, whom no policy binds'
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relkind IN ('v', 'm') AND has_table_privilege($2, c.oid, 'SELECT')
                AND (c.relkind = 'm' OR NOT coalesce(c.reloptions::text LIKE '%security_invoker=%', false))
            UNION ALL
            SELECT c.relname::text, 'is open to the application without row security'
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
                AND has_any_column_privilege($2, c.oid, 'SELECT')
            UNION ALL
            SELECT p.proname::text, 'runs as its owner, whom no policy binds'
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = $1 AND p.prosecdef AND has_function_privilege($2, p.oid, 'EXECUTE')
            ORDER BY 1
            """, [.text(names.schema), .text(names.application)])
        return (0..<result.count).map { "\(result.text($0, 0) ?? "something") \(result.text($0, 1) ?? "is open")" }
    }

    /// Writes a row for a tenant as another: the server has to refuse it by its policy, before it looks at anything else.
    private func trials(on table: TableMapping, _ connection: PostgresConnection) throws -> [String] {
        guard let column = table.tenantColumn else { return [] }
        let isText =
            table.columns.first { $0.target == column }?.type == .text
            || table.columns.allSatisfy { $0.target != column }
        let (mine, theirs) = isText ? ("slipway-probe-a", "slipway-probe-b") : ("-1", "-2")
        let statement =
            "INSERT INTO \(names.table(table.target)) (\(SQL.quoted(column))) VALUES (\(PostgresText.literal(theirs)))"
        do {
            try connection.scope("") {
                try takeOn(tenant: mine, claim: nil, on: connection)
                _ = try connection.query(statement)
                throw Undo()
            }
        } catch DatabaseError.denied {
            return []
        } catch is Undo {
            return ["\(table.target): a tenant may write rows of another"]
        } catch let error as DatabaseError {
            // Anything but the policy means that the policy let it through and something else did not.
            return ["\(table.target): a row of another tenant was not refused by a policy, but by \(error)"]
        }
        return []
    }
}

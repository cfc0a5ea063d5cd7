import SlipwayPostgres
import SlipwaySQL

/// Tries what must not work: to see or touch another tenant's rows as the application role.
struct NegativeProof {
    let target: TargetSide

    /// The failures found in one table; empty when the policies hold. Every try is rolled back.
    func failures(in table: TableMapping, tenants: [TenantName], on connection: PostgresConnection) throws -> [String] {
        guard let column = table.tenantColumn else { return try sharedFailures(in: table, on: connection) }
        let name = target.names.table(table.target)
        var failures: [String] = []
        let stranger = stranger(to: tenants, table)
        for (who, label) in [(TenantName.shared, "no tenant named"), (stranger, "a tenant without rows")] {
            // Counted, not asked for existence: for a first row the planner would read the whole table.
            let seen = try target.asTenant(who, on: connection) {
                try connection.query("SELECT count(*) FROM \(name)").integer(0, 0)
            }
            if seen != 0 { failures.append("\(table.target): rows are seen with \(label)") }
        }
        for pair in zip(tenants, tenants.dropFirst() + [stranger]).prefix(3) {
            failures += try attempts(on: table, column: column, me: pair.0, other: pair.1, connection)
        }
        return failures.map { $0.oneLine }
    }

    private func attempts(
        on table: TableMapping, column tenant: String, me: TenantName, other: TenantName,
        _ connection: PostgresConnection
    ) throws -> [String] {
        let name = target.names.table(table.target)
        let column = SQL.quoted(tenant)
        let names = TableDefinition.columnNames(of: table)
        let literal = PostgresText.literal(other.text)
        let theirs = "WHERE \(column)::text = \(literal)"
        let mine = "WHERE \(column)::text = \(PostgresText.literal(me.text))"
        let copied = names.map { $0 == tenant ? literal : SQL.quoted($0) }.joined(separator: ", ")
        let tries = [
            (
                "inserts rows for",
                "INSERT INTO \(name) (\(PostgresText.list(names))) SELECT \(copied) FROM \(name) LIMIT 1"
            ),
            ("changes rows of", "UPDATE \(name) SET \(column) = \(column) \(theirs)"),
            ("deletes rows of", "DELETE FROM \(name) \(theirs)"),
            ("gives rows to", "UPDATE \(name) SET \(column) = \(literal) \(mine)"),
        ]
        var failures: [String] = []
        let seen = try reached(as: me, connection) {
            Int(try connection.query("SELECT count(*) FROM \(name) \(theirs)").integer(0, 0) ?? 0)
        }
        if seen > 0 { failures.append("\(name): tenant \(me.text) sees \(seen) rows of \(other.text)") }
        for (what, statement) in tries {
            let count = try reached(as: me, connection) { try connection.query(statement).changed }
            if count > 0 { failures.append("\(name): tenant \(me.text) \(what) \(other.text)") }
        }
        return failures
    }

    private func sharedFailures(in table: TableMapping, on connection: PostgresConnection) throws -> [String] {
        let name = target.names.table(table.target)
        let deleted = try reached(as: .shared, connection) { try connection.query("DELETE FROM \(name)").changed }
        return deleted == 0 ? [] : ["\(name): shared rows can be deleted by the application"]
    }

    /// How many rows a statement reached as a tenant; it is rolled back. None when the server refused it, as it
    /// should; a broken constraint means that rows were reached.
    private func reached(
        as tenant: TenantName, _ connection: PostgresConnection, _ body: () throws -> Int
    ) throws -> Int {
        var count = 0
        do {
            try connection.scope("") {
                try connection.run("SET LOCAL ROLE \(SQL.quoted(target.names.application))")
                try target.nameTenant(tenant, on: connection)
                count = try body()
                throw Undo()
            }
        } catch let error as DatabaseError {
            switch error {
            case .denied: return 0
            case .foreignKey, .unique, .check, .notNull: return 1
            default: throw error
            }
        } catch is Undo {
        }
        return count
    }

    private struct Undo: Error {}

    /// A tenant nobody is, of the column's type.
    private func stranger(to tenants: [TenantName], _ table: TableMapping) -> TenantName {
        let isText: Bool
        if case .column(let source) = table.tenant, let type = table.column(source)?.type {
            isText = type == .text
        } else {
            isText = true
        }
        guard !isText else { return TenantName("slipway-stranger-to-all-tenants") }
        return (1...).lazy.map { TenantName(String(-$0)) }.first { !tenants.contains($0) } ?? .missing
    }
}

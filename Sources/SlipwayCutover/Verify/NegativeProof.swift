import SlipwayPostgres
import SlipwaySQL

/// Tries what must not work: to see or touch another tenant's rows as the application role.
struct NegativeProof {
    let target: TargetSide

    /// The failures found in one table; empty when the policies hold. Every try is rolled back.
    func failures(in table: TableMapping, tenants: [String], on connection: PostgresConnection) throws -> [String] {
        guard let column = table.tenantColumn else { return try sharedFailures(in: table, on: connection) }
        let name = target.names.table(table.target)
        var failures: [String] = []
        let stranger = stranger(to: tenants, table)
        for (who, label) in [("", "no tenant named"), (stranger, "a tenant without rows")] {
            let seen = try target.asTenant(who, on: connection) {
                try connection.query("SELECT EXISTS (SELECT 1 FROM \(name))").text(0, 0)
            }
            if seen != "f" { failures.append("\(table.target): rows are seen with \(label)") }
        }
        for pair in zip(tenants, tenants.dropFirst() + [stranger]).prefix(3) {
            failures += try attempts(on: name, column: column, me: pair.0, other: pair.1, connection)
        }
        return failures.map { $0.oneLine }
    }

    private func attempts(
        on name: String, column: String, me: String, other: String, _ connection: PostgresConnection
    ) throws -> [String] {
        let column = SQL.quoted(column)
        let literal = PostgresText.literal(other)
        let reaching = [
            ("reads", "SELECT count(*) FROM \(name) WHERE \(column)::text = \(literal)"),
            (
                "changes",
                "WITH touched AS (UPDATE \(name) SET \(column) = \(column) WHERE \(column)::text = \(literal) RETURNING 1) SELECT count(*) FROM touched"
            ),
            (
                "deletes",
                "WITH touched AS (DELETE FROM \(name) WHERE \(column)::text = \(literal) RETURNING 1) SELECT count(*) FROM touched"
            ),
        ]
        var failures: [String] = []
        for (verb, statement) in reaching {
            let count = try attempt(as: me, connection) { try connection.query(statement).integer(0, 0) }
            if let reached = count ?? 0, reached != 0 {
                failures.append("\(name): tenant \(me) \(verb) \(reached) rows of \(other)")
            }
        }
        let moved = try attempt(as: me, connection) {
            try connection.query(
                "UPDATE \(name) SET \(column) = \(literal) WHERE \(column) = \(PostgresText.literal(me))"
            ).changed
        }
        if let moved, moved > 0 { failures.append("\(name): tenant \(me) gives rows to \(other)") }
        return failures
    }

    private func sharedFailures(in table: TableMapping, on connection: PostgresConnection) throws -> [String] {
        let name = target.names.table(table.target)
        let deleted = try attempt(as: "", connection) { try connection.query("DELETE FROM \(name)").changed }
        return (deleted ?? 0) == 0 ? [] : ["\(name): shared rows can be deleted by the application"]
    }

    /// Runs a statement as a tenant and rolls it back; nil when the server refused it, as it should.
    private func attempt<Value>(
        as tenant: String, _ connection: PostgresConnection, _ body: () throws -> Value
    ) throws -> Value? {
        var result: Value?
        do {
            try connection.scope("") {
                try connection.run("SET LOCAL ROLE \(SQL.quoted(target.names.application))")
                try target.nameTenant(tenant, on: connection)
                result = try body()
                throw Undo()
            }
        } catch is Undo {
            return result
        } catch DatabaseError.denied {
            return nil
        }
        return result
    }

    private struct Undo: Error {}

    /// A tenant nobody is, of the column's type.
    private func stranger(to tenants: [String], _ table: TableMapping) -> String {
        let isText: Bool
        if case .column(let source) = table.tenant, let type = table.column(source)?.type {
            isText = type == .text
        } else {
            isText = true
        }
        guard !isText else { return "slipway-stranger-to-all-tenants" }
        return (1...).lazy.map { String(-$0) }.first { !tenants.contains($0) } ?? "-1"
    }
}

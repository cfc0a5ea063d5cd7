import SlipwayPostgres
import SlipwaySQL
import SlipwayTesting
import Testing

@testable import SlipwayStore

/// A PostgreSQL database with rows of two tenants of one workspace, and of another workspace, in every table.
struct RowSecurityFixture {
    /// As the superuser who owns the tables.
    let owner: any Database
    /// As the role that Slipway works as, in no scope.
    let database: any Database

    nonisolated(nonsending) static func with(_ body: (RowSecurityFixture) async throws -> Void) async throws {
        try await Backend.postgres.withDatabase(role: RowSecurity.role, preparedBy: Schema.migrate) { owner, database in
            let fixture = RowSecurityFixture(owner: owner, database: database)
            try await fixture.seed()
            try await body(fixture)
        }
    }

    private func seed() async throws {
        try await database.scoped(to: .system).write { transaction in
            for rows in SampleRows.all {
                for side in Side.all where !(rows.table == "workspaces" && side.tenant == Side.second.tenant) {
                    try transaction.execute(rows.insert(side, rows.number(of: side)))
                }
            }
        }
    }

    /// What a statement comes to; it is undone in any case.
    enum Outcome: Hashable, Sendable {
        case rows(Int)
        case refused
        /// The row was let in, and its key is another's.
        case taken
    }

    func attempt(_ statement: SQL, in scope: RowScope) async throws -> Outcome {
        struct Undo: Error { let rows: Int }
        do {
            try await database.scoped(to: scope).write { throw Undo(rows: try $0.execute(statement)) }
        } catch let undo as Undo {
            return .rows(undo.rows)
        } catch DatabaseError.denied {
            return .refused
        } catch DatabaseError.unique {
            return .taken
        }
        return .refused
    }

    func count(_ rows: SampleRows, of side: Side, in scope: RowScope) async throws -> Int64 {
        try await database.scoped(to: scope).read { transaction in
            try transaction.query(
                "SELECT COUNT(*) AS n FROM \(identifier: rows.table) WHERE \(sql: rows.isOf(side))"
            ).first?.integer("n") ?? 0
        }
    }
}

/// What an operator of a database would type.
func administer(_ url: String, _ text: String) async throws {
    try await PostgresSession(try PostgresAddress(url)).run { try $0.run(text) }
}

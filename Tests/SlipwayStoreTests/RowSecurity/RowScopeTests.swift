import SlipwayPostgres
import SlipwaySQL
import SlipwayTesting
import Testing

@testable import SlipwayStore

/// A scope lasts as long as its transaction, and no statement leads out of the role it is bound to.
@Suite(.timeLimit(.minutes(15))) struct RowScopeTests {
    private struct Stop: Error {}

    @Test func `a scope ends with its transaction, committed or undone`() async throws {
        try await RowSecurityLogin.with { login in
            // One session, so that each transaction has the connection of the one before.
            let database = PostgresDatabase(try PostgresAddress(login.url), sessions: 1, role: RowSecurity.role)
            for scope in [RowScope.system, .workspace(1), .workspace(1, tenants: [1])] {
                #expect(try await Self.tenants(database.scoped(to: scope)) > 0)
                #expect(try await Self.tenants(database) == 0, "after \(scope)")
                await #expect(throws: Stop.self) {
                    try await database.scoped(to: scope).write { transaction in
                        try transaction.execute("UPDATE tenants SET name = 'changed' WHERE id = 1")
                        throw Stop()
                    }
                }
                #expect(try await Self.tenants(database) == 0, "after \(scope), undone")
            }
            #expect(try await Self.tenants(database.scoped(to: .workspace(1, tenants: [1]))) == 1)
            #expect(try await Self.tenants(database.scoped(to: .workspace(1))) == 2)
            #expect(try await Self.tenants(database.scoped(to: .system)) == 3)
        }
    }

    @Test func `a scope that is taken again replaces the one before`() async throws {
        try await RowSecurityLogin.with { login in
            let database = PostgresDatabase(try PostgresAddress(login.url), role: RowSecurity.role)
            #expect(try await Self.tenants(database.scoped(to: .system).scoped(to: .none)) == 0)
        }
    }

    @Test(arguments: [
        "SET LOCAL row_security = off; SELECT * FROM tenants", "ALTER TABLE tenants DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY", "DROP POLICY slipway_scope ON tenants",
        "CREATE POLICY all_of_it ON tenants USING (true)", "TRUNCATE tenants CASCADE", "DROP TABLE tenants CASCADE",
        "ALTER TABLE tenants OWNER TO slipway_app", "ALTER ROLE slipway_app BYPASSRLS", "SET ROLE postgres",
        "SET SESSION AUTHORIZATION postgres", "INSERT INTO slipway_migrations VALUES ('9999', 99)",
    ])
    func `no statement of the role or of its login leads out`(_ statement: String) async throws {
        try await RowSecurityLogin.with { login in
            for before in ["SET ROLE slipway_app", "SET ROLE slipway_app; RESET ROLE"] {
                let session = PostgresSession(try PostgresAddress(login.url), setup: before)
                let error = await #expect(throws: DatabaseError.self, "\(before)") {
                    try await session.run { try $0.run("BEGIN; " + statement) }
                }
                guard case .denied = error else {
                    Issue.record("\(before): \(String(describing: error)) should be a refusal")
                    continue
                }
            }
        }
    }

    @Test func `a login that gives up the role is bound all the same`() async throws {
        try await RowSecurityLogin.with { login in
            let session = PostgresSession(try PostgresAddress(login.url), setup: "SET ROLE slipway_app; RESET ROLE")
            let seen = try await session.run { try $0.query("SELECT COUNT(*) FROM tenants").text(0, 0) }
            #expect(seen == "0")
        }
    }

    private static func tenants(_ database: any Database) async throws -> Int64 {
        try await database.read { try $0.query("SELECT COUNT(*) AS n FROM tenants").first?.integer("n") ?? 0 }
    }
}

import SlipwayPostgres
import SlipwaySQL
import SlipwayTesting
import Testing

@testable import SlipwayStore

/// Slipway does not work as a role that row security does not bind, and says what is to be done.
@Suite(.timeLimit(.minutes(15))) struct RowSecurityCheckTests {
    private func check(_ url: String, role: String? = nil) async throws {
        try await RowSecurity.check(PostgresDatabase(try PostgresAddress(url), sessions: 1, role: role))
    }

    private func expectRefusal(_ words: String, _ body: () async throws -> Void) async {
        let error = await #expect(throws: DatabaseError.self) { try await body() }
        guard case .denied(let why) = error else {
            Issue.record("\(String(describing: error)) should be a refusal")
            return
        }
        #expect(why.contains(words))
    }

    @Test func `a login that owns nothing and is a member of the role will do`() async throws {
        try await RowSecurityLogin.with { login in
            try await Schema.migrate(PostgresDatabase(try PostgresAddress(login.url), sessions: 1))
            try await check(login.url, role: RowSecurity.role)
            try await check(login.url)
        }
    }

    @Test func `a superuser and a role that bypasses row security are refused`() async throws {
        try await RowSecurityLogin.with { login in
            await expectRefusal("NOSUPERUSER NOBYPASSRLS") { try await check(login.administrator) }
            try await administer(login.administrator, "ALTER ROLE \(login.name) BYPASSRLS")
            await expectRefusal("NOSUPERUSER NOBYPASSRLS") { try await check(login.url) }
        }
    }

    @Test func `a role that owns a table is refused, and so is a table without row security`() async throws {
        try await RowSecurityLogin.with { login in
            try await administer(login.administrator, "ALTER TABLE workers OWNER TO \(login.name)")
            await expectRefusal("workers") { try await check(login.url) }
            try await check(login.url, role: RowSecurity.role)
            try await administer(login.administrator, "ALTER TABLE sessions NO FORCE ROW LEVEL SECURITY")
            await expectRefusal("the table sessions is not under row security") {
                try await check(login.url, role: RowSecurity.role)
            }
        }
    }

    @Test func `a login that may not become the role is told what to run`() async throws {
        try await RowSecurityLogin.with { login in
            try await administer(login.administrator, "REVOKE slipway_app FROM \(login.name)")
            await expectRefusal("GRANT slipway_app TO") { try await check(login.url, role: RowSecurity.role) }
        }
    }

    @Test func `an owner without rights over roles migrates once it is a member, and is bound itself`() async throws {
        try await RowSecurityLogin.withEmpty { login in
            let owner = PostgresDatabase(try PostgresAddress(login.url), sessions: 1)
            // Whatever other databases of the server have done, the role is there for this one.
            try await administer(login.administrator, "GRANT CREATE ON SCHEMA public TO \(login.name)")
            await expectRefusal("GRANT slipway_app TO \(login.name)") { try await Schema.migrate(owner) }
            try await withRole(login)
            try await Schema.migrate(owner)
            try await check(login.url, role: RowSecurity.role)
            await expectRefusal("own") { try await check(login.url) }
            try await owner.scoped(to: .system).write { transaction in
                _ = try transaction.execute("INSERT INTO workspaces VALUES (1, 'one', 0)")
            }
            let seen = try await owner.read { try $0.query("SELECT id FROM workspaces").count }
            #expect(seen == 0)
        }
    }

    private func withRole(_ login: RowSecurityLogin) async throws {
        // The first database of the server to be migrated makes the role.
        try await Backend.postgres.withDatabase { try await Schema.migrate($0) }
        try await administer(login.administrator, "GRANT slipway_app TO \(login.name)")
    }

    @Test func `databases of one server can be migrated at the same time`() async throws {
        let cluster = try await PrivateCluster.start(settings: ["fsync": "off"])
        let names = (1...4).map { "new_\($0)" }
        for name in names { try await administer(cluster.url, "CREATE DATABASE \(name)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in names {
                group.addTask {
                    let url = cluster.url(database: name)
                    try await Schema.migrate(PostgresDatabase(try PostgresAddress(url), sessions: 1))
                    try await check(url, role: RowSecurity.role)
                }
            }
            try await group.waitForAll()
        }
        await cluster.stop()
    }
}

import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

@testable import SlipwayCutover

/// On the server no tenant sees or touches a row of another, whatever a statement asks for.
@Suite(.timeLimit(.minutes(15))) struct ScenarioIsolationTests {
    @Test func `another tenant sees no row by any verb`() async throws {
        try await ScenarioMoveFixture.with("scenario_verbs") { moved in
            let stranger = RowScope.application(tenant: "stranger", setting: "slipway.tenant")
            for scope in [stranger, .none, .system] {
                let database = moved.database.scoped(to: scope)
                for collection in ScenarioCollection.allCases.map(\.rawValue) {
                    let changed = try await database.write { transaction in
                        let seen = try transaction.query("SELECT row_id FROM \(identifier: collection)").count
                        let updated = try transaction.execute(
                            "UPDATE \(identifier: collection) SET version = version + 1")
                        return [seen, updated, try transaction.execute("DELETE FROM \(identifier: collection)")]
                    }
                    #expect(changed == [0, 0, 0], "\(collection) as \(scope)")
                }
                // Nor is a row of another's written, nor one's own made to point at another's user.
                await #expect(throws: DatabaseError.self) { try await insert("bfg", by: "driver_tarasenko", database) }
                await #expect(throws: DatabaseError.self) {
                    try await insert("stranger", by: "driver_tarasenko", database)
                }
            }
            #expect(
                try await moved.file.session(of: .demo, authMode: nil).counts
                    == (try await moved.server.session(of: .demo, authMode: nil).counts))
        }
    }

    private func insert(_ tenant: String, by actor: String, _ database: any Database) async throws {
        _ = try await database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO audit_events (tenant_id, row_id, version, sequence, payload, actor_id, written_at)
                VALUES (\(tenant), 'event-999999', 1, 999999, '{}', \(actor), 0)
                """)
        }
    }

    @Test func `a session as one who is bound by no policy is refused and says so`() async throws {
        try await ScenarioMoveFixture.with("scenario_bound") { moved in
            let address = try PostgresAddress(moved.url)
            for role in [nil, moved.job.manifest.target.ownerRole] {
                let database = PostgresDatabase(address, role: role, schema: moved.schema)
                await #expect(throws: DatabaseError.self, "\(role ?? "the superuser")") {
                    try await ScenarioStanding.check(database)
                }
                let store = ScenarioStore(
                    ScenarioPlace(server: database, setting: "slipway.tenant"), clock: ManualClock())
                #expect(try await store.session(of: .demo, authMode: nil).tenantMode == .unsecured)
            }
            let owner = PostgresDatabase(address, schema: moved.schema)
            try await ScenarioStanding.check(moved.database)
            for breach in Self.breaches {
                _ = try await owner.write { try $0.execute(breach.made) }
                await #expect(throws: DatabaseError.self, "\(breach.made)") {
                    try await ScenarioStanding.check(moved.database)
                }
                let mode = try? await moved.server.session(of: .demo, authMode: nil).tenantMode
                #expect(mode == nil || mode == .unsecured, "\(breach.made)")
                _ = try await owner.write { try $0.execute(breach.undone) }
                try await ScenarioStanding.check(moved.database)
            }
        }
    }

    private static let breaches: [(made: SQL, undone: SQL)] = [
        ("ALTER TABLE payments DISABLE ROW LEVEL SECURITY", "ALTER TABLE payments ENABLE ROW LEVEL SECURITY"),
        ("CREATE POLICY open ON orders FOR SELECT USING (true)", "DROP POLICY open ON orders"),
        ("ALTER TABLE payments RENAME TO elsewhere", "ALTER TABLE elsewhere RENAME TO payments"),
    ]
}

import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

@testable import SlipwayCutover

/// The Scenario Store moves from its file to PostgreSQL by a cutover of ours, and is the same store there.
@Suite(.timeLimit(.minutes(15))) struct ScenarioMoveTests {
    @Test func `every row reads back the same, and both sides export the same bytes`() async throws {
        try await ScenarioMoveFixture.with("scenario_same") { moved in
            for tenant in moved.tenants {
                for collection in ScenarioCollection.allCases {
                    let here = try await moved.file.page(collection, of: tenant, limit: 10_000).rows
                    let there = try await moved.server.page(collection, of: tenant, limit: 10_000).rows
                    #expect(here == there, "\(collection) of \(tenant)")
                    for row in here.prefix(3) {
                        #expect(try await moved.server.row(row.id, of: collection, tenant) == row)
                    }
                }
                let file = try await ScenarioMoveFixture.snapshot(moved.file, tenant)
                #expect(try await ScenarioMoveFixture.snapshot(moved.server, tenant) == file)
                _ = try ScenarioEnvelope(parsing: file)
                let (before, after) = (
                    try await moved.file.session(of: tenant, authMode: "test"),
                    try await moved.server.session(of: tenant, authMode: "test")
                )
                #expect(before.counts == after.counts && before.lastWrite == after.lastWrite)
                #expect(before.actors == after.actors && before.rows > 100)
                #expect(before.storage == .fileLocal && before.tenantMode == .shared)
                #expect(after.storage == .postgresRLS && after.tenantMode == .secured)
            }
        }
    }

    @Test func `the plan puts each collection into its batch`() async throws {
        try await ScenarioMoveFixture.with("scenario_batches") { moved in
            let groups = moved.job.manifest.tables.map { "\($0.source) \($0.group)" }.sorted()
            #expect(groups == ScenarioCollection.allCases.map { "\($0.rawValue) \($0.batch)" }.sorted())
        }
    }

    @Test func `the store goes on there, with the statements it had`() async throws {
        try await ScenarioMoveFixture.with("scenario_goes_on") { moved in
            let payload = try ScenarioPayload(["n": 1])
            let last = try await moved.server.page(.orders, of: .demo, limit: 10_000).rows.last?.sequence ?? 0
            let write = try ScenarioWrite(
                .append([ScenarioDraft(id: "after.1", payload: payload)]), to: .orders, by: "olena", as: "owner")
            let answer = try await moved.server.write(write, of: .demo)
            #expect(answer.rows?.first?.sequence == last + 1)
            #expect(try await moved.server.write(write, of: .demo).written == 0)
            let draft = try ScenarioDraft(id: "after.1", payload: ScenarioPayload(["n": 2]))
            let update = try ScenarioWrite(.update(draft, in: [1]), to: .orders, by: "olena", as: "owner")
            #expect(try await moved.server.write(update, of: .demo).rows?.first?.version == 2)
            // A tenant nobody moved is made on first use, there as here.
            let fresh = try #require(ScenarioTenant("fresh"))
            let own = try ScenarioWrite(
                .append([ScenarioDraft(id: "a", payload: payload)]), to: .payments, by: ScenarioActor.olena.id, as: nil)
            #expect(try await moved.server.write(own, of: fresh).rows?.first?.sequence == 1)
            let envelope = try ScenarioEnvelope(parsing: try await ScenarioMoveFixture.snapshot(moved.server, fresh))
            #expect(envelope.snapshot.summary.rows == 2)
            let imported = try #require(ScenarioTenant("imported"))
            await #expect(throws: ScenarioImport.Failure.self) {
                try await moved.server.restore(envelope, to: imported, by: "olena")
            }
            #expect(try await moved.server.restore(envelope, to: fresh, by: "olena") == false)
        }
    }

    @Test func `many who write the same at once leave it once there too`() async throws {
        try await ScenarioMoveFixture.with("scenario_storm") { moved in
            let write = try ScenarioWrite(
                .append((0..<10).map { try ScenarioDraft(id: "s.\($0)", payload: ScenarioPayload([:])) }),
                to: .dispatch,
                by: ScenarioActor.marek.id, as: "dispatcher")
            // Two servers on one database: what one of them groups, the other does not see.
            let second = ScenarioStore(
                ScenarioPlace(server: moved.database, setting: "slipway.tenant"), clock: ManualClock())
            let answers = try await withThrowingTaskGroup(of: ScenarioAnswer.self) { group in
                for caller in 0..<24 {
                    let store = caller.isMultiple(of: 2) ? moved.server : second
                    group.addTask { try await store.write(write, of: .demo) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.reduce(0) { $0 + $1.written } == 10)
            #expect(Set(answers.map(\.outcomes)).count == 1)
        }
    }
}

import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct AccessLogTests {
    private static let start = "/api/v1/operations/test.sync/starts"

    @Test(arguments: Backend.enabled)
    func `what is allowed and what is refused is kept, with who, what and from where`(on backend: Backend) async throws
    {
        try await WebFixture.with(backend) { web in
            let body: JSONValue = ["tenant": "tenant 1", "target": ["key": "one"]]
            let started = try await web.post(Self.start, body)
            let run = try #require(started.json?["run"]?.integerValue)
            _ = try await web.post(Self.start, body)
            _ = try await web.post("/api/v1/runs/\(run)/cancel")
            _ = try await web.post(Self.start, body, ["X-Slipway-Role": "driver"], actor: "petro")
            _ = try await web.get("/api/v1/runs/77")
            _ = try await web.get("/api/v1/runs", actor: nil)
            let entries = try await Self.entries(web.fixture)
            #expect(
                entries.map { "\($0.decision.rawValue) \($0.actor) \($0.action) \($0.reason ?? "-")" } == [
                    "refused system:anyone GET /api/v1/runs unauthenticated",
                    "refused operator:olena GET /api/v1/runs/{run} not_found",
                    "refused operator:petro directory.sync forbidden",
                    "allowed operator:olena run.cancel -",
                    "allowed operator:olena directory.sync -",
                ], "a duplicate start writes nothing")
            #expect(entries.allSatisfy { !$0.origin.requestID.isEmpty && !$0.origin.source.isEmpty })
            #expect(entries.last?.resource == "test.sync, run \(run)")
            #expect(entries.last?.origin.means == "mock-header")
        }
    }

    @Test(arguments: Backend.enabled)
    func `a write whose entry cannot be written does not happen`(on backend: Backend) async throws {
        try await WebFixture.with(backend) { web in
            let body: JSONValue = ["tenant": "tenant 1", "target": ["key": "one"]]
            let started = try await web.post(Self.start, body)
            let run = try #require(started.json?["run"]?.integerValue)
            _ = try await web.fixture.owner.write { try $0.execute("DROP TABLE access_log") }
            let other: JSONValue = ["tenant": "tenant 2", "target": ["key": "two"]]
            #expect(try await web.post(Self.start, other).status >= 500)
            #expect(try await web.post("/api/v1/runs/\(run)/cancel").status >= 500)
            #expect(try await web.fixture.count("operation_runs") == 1)
            let shown = try await web.get("/api/v1/runs/\(run)")
            #expect(shown.json?["cancel"] == "none", "\(shown.text)")
            #expect(try await web.get("/api/v1/runs/77").status == 404, "a refusal needs no entry to be one")
        }
    }

    @Test(arguments: Backend.enabled)
    func `the chain tells of an entry that was changed, put in or taken out`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let gate = fixture.gate()
            for key in 1...7 { _ = try await gate.start(try fixture.request(DispatchFixture.free, key: "\(key)")) }
            let chain = AccessChain(fixture.unscoped, workspace: fixture.workspace)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { try await chain.advance() } }
                try await group.waitForAll()
            }
            guard case .holds(7, _) = try await chain.verify() else {
                Issue.record("it does not hold: \(try await chain.verify())")
                return
            }
            let changes: [(SQL, SQL, Int64)] = [
                (
                    "UPDATE access_log SET actor = 'marek' WHERE position = 3",
                    "UPDATE access_log SET actor = 'olena' WHERE position = 3", 3
                ),
                (
                    "UPDATE access_log SET decision = 'refused' WHERE position = 7",
                    "UPDATE access_log SET decision = 'allowed' WHERE position = 7", 7
                ),
                (
                    "UPDATE access_log SET position = position + 1 WHERE position = 7",
                    "UPDATE access_log SET position = position - 1 WHERE position = 8", 7
                ),
            ]
            for (change, back, position) in changes {
                _ = try await fixture.owner.write { try $0.execute(change) }
                #expect(try await chain.verify() == .broken(position: position))
                _ = try await fixture.owner.write { try $0.execute(back) }
            }
            _ = try await fixture.owner.write { try $0.execute("DELETE FROM access_log WHERE position = 4") }
            #expect(try await chain.verify() == .broken(position: 4))
        }
    }

    private static func entries(_ fixture: DispatchFixture) async throws -> [AccessRecord] {
        try await AccessQueries(fixture.unscoped).newest(limit: 100, fixture.context()).map(\.record)
    }
}

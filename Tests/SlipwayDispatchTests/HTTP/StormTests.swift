import SlipwayDomain
import SlipwayTesting
import Testing

/// A thousand requests for the same work at once.
@Suite(.timeLimit(.minutes(15))) struct StormTests {
    @Test(arguments: Backend.enabled.filter { $0 != .sqliteMemory })
    func `of a thousand at once one is accepted, and all others name it`(on backend: Backend) async throws {
        let rounds = 5
        try await WebFixture.with(backend) { web in
            for round in 0..<rounds {
                let body: JSONValue = ["target": ["key": .string("round \(round)")]]
                let answers = try await withThrowingTaskGroup { group in
                    for _ in 0..<1000 {
                        group.addTask { try await web.post("/api/v1/operations/test.free/starts", body) }
                    }
                    return try await group.reduce(into: [JSONValue?]()) { $0.append($1.json) }
                }
                #expect(answers.count { $0?["decision"] == "accepted" } == 1, "round \(round)")
                #expect(answers.count { $0?["decision"] == "deduped" } == 999, "round \(round)")
                #expect(Set(answers.map { $0?["run"] }).count == 1, "round \(round)")
            }
            #expect(try await web.fixture.count("operation_runs") == Int64(rounds))
            #expect(try await web.fixture.count("run_events") == Int64(rounds))
        }
    }
}

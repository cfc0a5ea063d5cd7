import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct FullDiskTests {
    @Test func `on a full disk starts and endings wait, and nothing is half written`() async throws {
        try await DispatchFixture.with(.sqliteFile) { fixture in
            let gate = fixture.gate()
            let first = try await gate.start(fixture.request(DispatchFixture.free, key: "first"))
            let claimed = try #require(try await fixture.claim(first.run))
            // No page more than there is now.
            try await pragma("PRAGMA max_page_count = 1", fixture)
            var accepted: [ID<OperationRun>?] = [first.run]
            let refused = await #expect(throws: DatabaseError.self) {
                for number in 0..<10_000 {
                    let key = String(repeating: "x", count: 200) + "\(number)"
                    accepted.append(try await gate.start(fixture.request(DispatchFixture.free, key: key)).run)
                }
            }
            #expect(
                refused.map { if case .full = $0 { true } else { false } } ?? false, "\(String(describing: refused))")
            #expect(try await fixture.count("operation_runs") == Int64(accepted.count))
            try await fixture.checkInvariants()
            // A worker goes on with its step when there is room again.
            var driver = RunDriver(
                claimed, tools: fixture.tools(ScriptedAdapter(items: many)), signals: RunSignals())
            await #expect(throws: DatabaseError.self) { while try await driver.step() != .done {} }
            try await pragma("PRAGMA max_page_count = 1000000", fixture)
            while try await driver.step() != .done {}
            #expect(try await fixture.run(first.run).machine.outcome == .succeeded)
            let next = try await gate.start(fixture.request(DispatchFixture.free, key: "next"))
            #expect(next.decision.status == "accepted")
            try await fixture.checkInvariants()
        }
    }

    /// More items than the pages that are there have room for.
    private let many = (0..<200).map { "item \($0) " + String(repeating: "x", count: 100) }

    private func pragma(_ sql: SQL, _ fixture: DispatchFixture) async throws {
        _ = try await fixture.database.write { try $0.query(sql) }
    }
}

import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct PruningTests {
    @Test(arguments: Backend.enabled)
    func `details of what is long over go, and the audit stays`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let old = try await finished(fixture, key: "old")
            fixture.clock.advance(seconds: 40 * 86_400)
            let recent = try await finished(fixture, key: "recent")
            let active = try #require(try await fixture.gate().start(fixture.request(key: "active")).run)
            let events = try await fixture.events(old)
            #expect(try await pruner(fixture)(keepDays: 30) == 1)
            #expect(try await fixture.count("run_items") == 2, "those of the recent run")
            #expect(try await fixture.run(old).prunedAt == fixture.clock.now())
            #expect(try await fixture.run(recent).prunedAt == nil)
            #expect(try await fixture.run(active).prunedAt == nil)
            #expect(try await fixture.events(old) == events)
            #expect(try await fixture.run(old).counts?["planned"] == 2)
            try await fixture.checkInvariants()
            #expect(try await pruner(fixture)(keepDays: 30) == 0)
        }
    }

    @Test(arguments: Backend.enabled)
    func `a run is kept whole while a retry of it is young, and is not retried without its items`(
        on backend: Backend
    ) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let retry = RunRetry(fixture.unscoped, registry: fixture.registry, gate: fixture.gate())
            let old = try await finished(fixture, key: "old", failing: "b")
            fixture.clock.advance(seconds: 40 * 86_400)
            let child = try #require(try await retry(old, surface: "test", context(fixture)).run)
            #expect(try await pruner(fixture)(keepDays: 30) == 0, "the retry is under way")
            try await fixture.drive(child, ScriptedAdapter(script: ["b": [.fails(.terminal(.providerRefused))]]))
            #expect(try await pruner(fixture)(keepDays: 30) == 0, "the retry is not over for long")
            fixture.clock.advance(seconds: 40 * 86_400)
            #expect(try await pruner(fixture)(keepDays: 30) == 1)
            #expect(try await fixture.count("run_items") == 0)
            #expect(try await fixture.count("run_effects") == 0)
            await #expect(throws: RunRetry.Failure.pruned) {
                try await retry(child, surface: "test", context(fixture))
            }
        }
    }

    @Test(arguments: Backend.enabled)
    func `keys are forgotten after a week, those of schedules are not`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let gate = fixture.gate()
            _ = try await gate.start(fixture.request().keyed("caller"))
            let scheduled = StartRequest(
                operation: DispatchFixture.free, workspace: fixture.workspace, tenant: ID(1), target: ["key": "all"],
                surface: "test", initiator: Initiator(kind: .schedule, name: "nightly"))
            _ = try await gate.start(scheduled.keyed("hour"))
            fixture.clock.advance(seconds: 6 * 86_400)
            _ = try await pruner(fixture)(keepDays: 30)
            #expect(try await fixture.count("start_keys") == 2)
            fixture.clock.advance(seconds: 2 * 86_400)
            _ = try await pruner(fixture)(keepDays: 30)
            #expect(try await fixture.count("start_keys") == 1)
        }
    }

    private func finished(
        _ fixture: DispatchFixture, key: String, failing: String? = nil
    ) async throws -> ID<OperationRun> {
        let run = try #require(try await fixture.gate().start(fixture.request(key: key)).run)
        let script = failing.map { [$0: [ScriptedAdapter.Answer.fails(.terminal(.providerRefused))]] } ?? [:]
        try await fixture.drive(run, ScriptedAdapter(items: ["a", "b"], script: script))
        return run
    }

    private func pruner(_ fixture: DispatchFixture) -> RunPruner {
        RunPruner(fixture.unscoped, clock: fixture.clock)
    }

    private func context(_ fixture: DispatchFixture) -> OperationContext {
        fixture.context()
    }
}

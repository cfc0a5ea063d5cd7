import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct RunDriverTests {
    @Test(arguments: Backend.enabled)
    func `a run does its items in order, each intended before and settled after`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let adapter = ScriptedAdapter(items: ["a", "b"])
            let run = try await start(fixture)
            try await drive(run, fixture, adapter)
            #expect(await adapter.performed == ["a", "b"])
            let ended = try await fixture.run(run)
            #expect(ended.machine.outcome == .succeeded)
            #expect(ended.counts?["planned"] == 2)
            #expect(ended.counts?["succeeded"] == 2)
            #expect(try await fixture.count("run_holds") == 0)
            #expect(try await fixture.events(run).map(\.kind) == [.accepted, .claimed, .finished])
            try await fixture.checkInvariants()
        }
    }

    @Test(arguments: Backend.enabled)
    func `some items fail: the run is partial, and says which and why`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let adapter = ScriptedAdapter(
                items: ["a", "b", "c"], script: ["b": [.fails(.terminal(.permissionMissing, detail: "groups"))]])
            let run = try await start(fixture)
            try await drive(run, fixture, adapter)
            let ended = try await fixture.run(run)
            #expect(ended.machine.outcome == .partiallySucceeded)
            #expect(ended.machine.reason == .permissionMissing)
            #expect(ended.counts?["failed"] == 1)
            #expect(ended.failures?["items"]?.arrayValue?.first?["item"] == "b")
            try await fixture.checkInvariants()
        }
    }

    @Test(arguments: Backend.enabled)
    func `a failure that may pass is tried again after its pause, until the attempts are had`(
        on backend: Backend
    ) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let adapter = ScriptedAdapter(
                items: ["a"], script: ["a": Array(repeating: .fails(.transient(.rateLimited)), count: 9)])
            let run = try await start(fixture)
            for attempt in 1...3 {
                try await drive(run, fixture, adapter)
                let record = try await fixture.run(run)
                #expect(record.machine.attempt == attempt)
                if attempt < 3 {
                    #expect(record.status == .queued)
                    #expect(try await fixture.claim(run) == nil, "it is not due before its pause is over")
                    fixture.clock.advance(seconds: 1)
                }
            }
            let ended = try await fixture.run(run)
            #expect(ended.machine.outcome == .failed)
            #expect(ended.machine.reason == .rateLimited)
            #expect(await adapter.performed.count == 3)
            try await fixture.checkInvariants()
        }
    }

    @Test(arguments: Backend.enabled)
    func `a change without an answer is looked for, never made twice`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let adapter = ScriptedAdapter(items: ["a", "b"], script: ["a": [.doneWithoutAnswer]])
            let run = try await start(fixture)
            try await drive(run, fixture, adapter)
            #expect(await adapter.observed == ["a"])
            #expect(await adapter.changes.values.allSatisfy { $0 == 1 })
            #expect(try await fixture.run(run).machine.outcome == .succeeded)
        }
    }

    @Test(arguments: Backend.enabled)
    func `a worker that lost its run changes nothing, and that it tried is recorded`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let adapter = ScriptedAdapter(items: ["a"])
            let run = try await start(fixture)
            let first = try #require(try await fixture.claim(run, by: 1))
            var late = RunDriver(first, tools: fixture.tools(adapter), signals: RunSignals())
            _ = try await late.step()  // it has planned, and stops there
            try await rescue(run, from: 1, fixture)
            let second = try #require(try await fixture.claim(run, by: 2))
            #expect(second.machine.fence == 2)
            while try await late.step() != .done {}
            let between = try await fixture.run(run)
            #expect(between.status == .running)
            #expect(between.machine == second.machine)
            var driver = RunDriver(second, tools: fixture.tools(adapter), signals: RunSignals())
            while try await driver.step() != .done {}
            #expect(try await fixture.run(run).machine.outcome == .succeeded)
            #expect(try await fixture.events(run).contains { $0.kind == .staleWriteRefused && $0.fence == 1 })
            #expect(await adapter.changes.values.allSatisfy { $0 == 1 })
            try await fixture.checkInvariants()
        }
    }

    @Test(arguments: Backend.enabled)
    func `a cancellation is requested, seen and done, and what is left is skipped`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let adapter = ScriptedAdapter(items: ["a", "b"])
            let run = try await start(fixture)
            let claimed = try #require(try await fixture.claim(run))
            let signals = RunSignals()
            var driver = RunDriver(claimed, tools: fixture.tools(adapter), signals: signals)
            while await adapter.performed.isEmpty { _ = try await driver.step() }
            let now = fixture.clock.now()
            _ = try await fixture.database.write { transaction in
                try RunTransitions.apply(.cancelRequested, to: run, by: .anyone, at: now, in: transaction)
            }
            signals.requestCancel()
            while try await driver.step() != .done {}
            let ended = try await fixture.run(run)
            #expect(ended.machine.outcome == .cancelled)
            #expect(ended.machine.cancel == .acknowledged)
            #expect(ended.counts?["succeeded"] == 1)
            #expect(ended.counts?["skipped"] == 1)
            try await fixture.checkInvariants()
        }
    }

    private func start(_ fixture: DispatchFixture) async throws -> ID<OperationRun> {
        try #require(try await fixture.gate().start(fixture.request()).run)
    }

    private func drive(_ run: ID<OperationRun>, _ fixture: DispatchFixture, _ adapter: ScriptedAdapter) async throws {
        let claimed = try #require(try await fixture.claim(run))
        var driver = RunDriver(claimed, tools: fixture.tools(adapter), signals: RunSignals())
        while try await driver.step() != .done {}
    }

    private func rescue(_ run: ID<OperationRun>, from worker: Int64, _ fixture: DispatchFixture) async throws {
        let worker = try #require(ID<Worker>(worker))
        let now = fixture.clock.now()
        _ = try await fixture.database.write { transaction in
            try RunTransitions.apply(.workerLost, to: run, by: .rescue(of: worker), at: now, in: transaction)
        }
    }

    @Test(arguments: Backend.enabled)
    func `a provider that takes and never does or answers is asked a bounded number of times`(
        on backend: Backend
    ) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let silence = ScriptedAdapter.Answer.fails(.unknown(.networkUnreachable))
            let adapter = ScriptedAdapter(items: ["a"], script: ["a": Array(repeating: silence, count: 99)])
            let run = try #require(try await fixture.gate().start(fixture.request()).run)
            for _ in 0..<3 {
                try await fixture.drive(run, adapter)
                fixture.clock.advance(seconds: 60)
            }
            let ended = try await fixture.run(run)
            #expect(ended.machine.outcome == .failed)
            #expect(ended.machine.reason == .networkUnreachable)
            #expect(await adapter.performed.count == 3, "once an attempt")
            #expect(await adapter.observed.count == 3)
        }
    }
}

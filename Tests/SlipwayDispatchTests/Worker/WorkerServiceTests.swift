import Logging
import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

/// Whole workers, side by side on one database.
@Suite(.timeLimit(.minutes(15))) struct WorkerServiceTests {
    @Test(arguments: Backend.enabled)
    func `two workers share the runs, and each is done once`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let gate = fixture.gate()
            let adapter = ScriptedAdapter(items: ["a", "b"])
            for number in 0..<40 {
                _ = try await gate.start(fixture.request(DispatchFixture.free, key: "\(number)"))
            }
            let workers = [worker(1, fixture, adapter), worker(2, fixture, adapter)]
            try await withThrowingTaskGroup { group in
                for worker in workers { group.addTask { try await worker.run() } }
                try await until { try await fixture.count("run_holds") == 0 }
                for worker in workers { worker.stop() }
                try await group.waitForAll()
            }
            #expect(await adapter.changes.count == 80)
            #expect(await adapter.changes.values.allSatisfy { $0 == 1 })
            #expect(try await fixture.count("workers") == 0, "who leaves strikes himself off")
            try await fixture.checkInvariants()
        }
    }

    @Test(arguments: Backend.enabled)
    func `a worker that was killed is found gone, and its runs are done by another`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let run = try await fixture.gate().start(fixture.request()).run
            let stuck = worker(1, fixture, StuckAdapter())
            try await withThrowingTaskGroup { group in
                group.addTask { try await stuck.run() }
                try await until { try await fixture.run(run).status == .running }
                group.cancelAll()  // torn down as by a kill: nothing is handed back
                do { try await group.waitForAll() } catch {}
            }
            #expect(try await fixture.run(run).status == .running)
            let adapter = ScriptedAdapter(items: ["a"])
            let second = worker(2, living: ["2"], fixture, adapter)
            try await withThrowingTaskGroup { group in
                group.addTask { try await second.run() }
                try await until { try await fixture.run(run).status == .completed }
                second.stop()
                try await group.waitForAll()
            }
            #expect(try await fixture.run(run).machine.outcome == .succeeded)
            #expect(try await fixture.run(run).machine.losses == 1)
            try await fixture.checkInvariants()
        }
    }

    @Test(arguments: Backend.enabled)
    func `a worker that is told to stop hands back what it has`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let run = try await fixture.gate().start(fixture.request()).run
            let worker = worker(1, fixture, StuckAdapter())
            try await withThrowingTaskGroup { group in
                group.addTask { try await worker.run() }
                try await until { try await fixture.run(run).status == .running }
                worker.stop()
                try await group.waitForAll()
            }
            let record = try await fixture.run(run)
            #expect(record.status == .queued)
            #expect(record.machine.attempt == 0, "interrupted is not an attempt")
            #expect(try await fixture.events(run).last?.kind == .interrupted)
        }
    }

    @Test func `a run that kills its workers is given up, and the others are not blamed`() async throws {
        try await DispatchFixture.with(.sqliteMemory) { fixture in
            let gate = fixture.gate()
            let bad = try #require(try await gate.start(fixture.request(DispatchFixture.free, key: "bad")).run)
            let good = try #require(try await gate.start(fixture.request(DispatchFixture.free, key: "good")).run)
            for number in Int64(1)...20 {
                guard try await fixture.run(bad).status != .completed else { break }
                let worker = try #require(ID<Worker>(number))
                let taken = try await take(worker, fixture)
                // The worker dies while it has the bad one, and with it whatever else it has; else it does its work.
                if taken.contains(where: { $0.id == bad }) {
                    _ = try await Rescue(fixture.unscoped, clock: fixture.clock, logger: .quiet).rescue(worker)
                } else {
                    for run in taken { try await finish(run, fixture) }
                }
            }
            #expect(try await fixture.run(bad).machine.reason == .workersExhausted)
            #expect(try await fixture.run(good).machine.losses <= 1)
            if try await fixture.run(good).status == .queued { try await fixture.drive(good, ScriptedAdapter()) }
            #expect(try await fixture.run(good).machine.outcome == .succeeded)
            try await fixture.checkInvariants()
        }
    }

    private func take(_ worker: ID<Worker>, _ fixture: DispatchFixture) async throws -> [RunRecord] {
        let now = fixture.clock.now()
        return try await fixture.database.write { transaction in
            try WorkerRoll.enter(worker, host: "test", process: "\(worker)", at: now, in: transaction)
            return try RunClaims.claim(.anyDue, for: worker, limit: 10, at: now, in: transaction)
        }
    }

    private func finish(_ run: RunRecord, _ fixture: DispatchFixture) async throws {
        var driver = RunDriver(run, tools: fixture.tools(ScriptedAdapter()), signals: RunSignals())
        while try await driver.step() != .done {}
    }

    /// `living` are the numbers of the workers whose processes are there.
    private func worker(
        _ number: UInt64, living: Set<String> = ["1", "2"], _ fixture: DispatchFixture, _ adapter: any Adapter
    ) -> WorkerService {
        var settings = WorkerSettings()
        settings.pollMilliseconds = 10
        settings.beatMilliseconds = 20
        settings.graceMilliseconds = 0
        let presence = HostPresence(host: "test", process: "\(number)") { living.contains($0.process) }
        return WorkerService(
            fixture.tools(adapter), host: presence, settings: settings, random: number, logger: .quiet)
    }

    /// Waits for a state, not for a time.
    private func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { await Task.yield() }
    }
}

/// Never comes back by itself; stops when it is asked to.
struct StuckAdapter: Adapter {
    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        ["stuck"]
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        while !call.isCancelled(), !Task.isCancelled { await Task.yield() }
        throw .cancelled
    }

    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState { .notDone }
}

import Logging
import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

/// A run whose worker dies at every commit and at every call, before it and after it: whoever comes next ends it, with
/// every change made once.
@Suite(.timeLimit(.minutes(15))) struct CrashTests {
    /// Two changes, one of which goes without an answer, and a failure that passes: six calls and all kinds of writes.
    private static func provider() -> ScriptedAdapter {
        ScriptedAdapter(
            items: ["a", "b", "c"],
            script: ["b": [.doneWithoutAnswer], "c": [.fails(.transient(.providerUnavailable))]])
    }

    @Test(arguments: Backend.enabled)
    func `killed at any commit, the run ends with every change made once`(on backend: Backend) async throws {
        let commits = try await DispatchFixture.with(backend) { fixture in
            let counting = CrashingDatabase(fixture.database)
            try await runToEnd(fixture, first: counting, Self.provider())
            return counting.commitCount
        }
        #expect(commits > 10)
        for commit in 0..<commits {
            for moment in CrashingDatabase.Moment.allCases {
                try await DispatchFixture.with(backend) { fixture in
                    let adapter = Self.provider()
                    let crashing = CrashingDatabase(fixture.database, crashingAt: (commit, moment))
                    try await runToEnd(fixture, first: crashing, adapter)
                    try await check(fixture, adapter, "\(moment) commit \(commit)")
                }
            }
        }
    }

    @Test(arguments: Backend.enabled)
    func `killed at any call, the run ends with every change made once`(on backend: Backend) async throws {
        let calls = try await DispatchFixture.with(backend) { fixture in
            let database = CrashingDatabase(fixture.database)
            let counting = CrashingAdapter(Self.provider(), database)
            try await runToEnd(fixture, first: database, counting)
            return await counting.calls
        }
        #expect(calls > 4)
        for call in 0..<calls {
            for moment in CrashingDatabase.Moment.allCases {
                try await DispatchFixture.with(backend) { fixture in
                    let adapter = Self.provider()
                    let database = CrashingDatabase(fixture.database)
                    let crashing = CrashingAdapter(adapter, database, crashingAt: (call, moment))
                    try await runToEnd(fixture, first: database, crashing, then: adapter)
                    try await check(fixture, adapter, "\(moment) call \(call)")
                }
            }
        }
    }

    /// Starts a run and drives it: by the first database and adapter until they die, by sound ones then.
    private func runToEnd(
        _ fixture: DispatchFixture, first database: any Database, _ adapter: any Adapter,
        then sound: (any Adapter)? = nil
    ) async throws {
        let gate = Gate(database, served: [DispatchFixture.sync.type], clock: fixture.clock, ids: IDSource(random: 1))
        do {
            _ = try await gate.start(fixture.request())
            try await drive(fixture, database, adapter, worker: 1)
        } catch is SimulatedCrash {
            // The process is gone. Whoever asked asks again, as he got no answer; another worker takes over.
            _ = try await fixture.gate(random: 2).start(fixture.request())
            try await rescue(from: 1, fixture)
            try await drive(fixture, fixture.database, sound ?? adapter, worker: 2)
        }
    }

    private func drive(
        _ fixture: DispatchFixture, _ database: any Database, _ adapter: any Adapter, worker: Int64
    ) async throws {
        let id = try #require(ID<Worker>(worker))
        let now = fixture.clock.now()
        try await database.write { transaction in
            try WorkerRoll.enter(id, host: "test", process: "\(worker)", at: now, in: transaction)
        }
        for _ in 0..<10 {
            let now = fixture.clock.now()
            let claimed = try await database.write { transaction in
                try RunClaims.claim(.anyDue, for: id, limit: 10, at: now, in: transaction)
            }
            for run in claimed {
                var driver = RunDriver(run, tools: fixture.tools(adapter, over: database), signals: RunSignals())
                while try await driver.step() != .done {}
            }
            fixture.clock.advance(seconds: 2)
        }
    }

    private func rescue(from worker: Int64, _ fixture: DispatchFixture) async throws {
        let worker = try #require(ID<Worker>(worker))
        _ = try await Rescue(fixture.unscoped, clock: fixture.clock, logger: .quiet).rescue(worker)
    }

    private func check(_ fixture: DispatchFixture, _ adapter: ScriptedAdapter, _ point: String) async throws {
        try await fixture.checkInvariants()
        let runs = try await fixture.database.read { transaction in
            try RunReads.list(RunReads.Filter(fixture.context().scope), limit: 10, in: transaction)
        }
        // A crash between the commit and the answer of the last write: the same start made a second run, which found
        // every change made under another name; all others are one run.
        #expect(runs.allSatisfy { $0.machine.outcome == .succeeded }, "\(point): \(runs.map(\.machine))")
        #expect(await adapter.changes.values.allSatisfy { $0 == 1 }, "\(point)")
        #expect(await adapter.changes.count == 3 * runs.count, "\(point)")
        #expect(try await fixture.count("run_holds") == 0, "\(point)")
    }
}

import Logging
import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

/// Workers, a gate and a provider on one database, one step at a time, in an order that a seed decides.
///
/// First everything goes wrong that can: crashes, stops past the lease, wall clocks set forward and back, a provider
/// with moods, cancellations. Then all goes well, and what was begun has to end.
struct Simulation {
    private let fixture: DispatchFixture
    private let provider: SimulatedProvider
    private let tools: DriverTools
    private let gate: Gate
    private var random: SeededGenerator
    private var workers: [SimulatedWorker] = []
    private var dead: Set<ID<Worker>> = []
    private var nextWorker: Int64 = 1
    private var started = 0

    init(_ fixture: DispatchFixture, _ seed: Seed) async throws {
        self.fixture = fixture
        provider = SimulatedProvider(seed)
        tools = fixture.tools(provider)
        gate = fixture.gate(random: seed.value)
        random = SeededGenerator(Seed(seed.value ^ 0x5EED))
        for _ in 0..<3 { try await hire() }
    }

    mutating func run(steps: Int) async throws {
        for number in 0..<steps {
            try await step()
            if number % 16 == 0 { try await check() }
        }
        await provider.heal()
        for index in workers.indices { workers[index].stoppedUntil = nil }
        var turns = 0
        while try await fixture.count("run_holds") > 0 {
            turns += 1
            guard turns < 2000 else {
                Issue.record("what was begun does not end: \(try await left())")
                return
            }
            for index in workers.indices { try await work(index) }
            fixture.clock.advance(seconds: 0.5)
        }
        try await check()
    }

    /// The runs that are not over, for who has to find out why.
    private func left() async throws -> String {
        let runs = try await fixture.database.read { transaction in
            try RunReads.list(RunReads.Filter(fixture.context().scope), limit: 1000, in: transaction)
        }
        let open = runs.filter { $0.status != .completed }
        return open.map { "\($0.id) \($0.machine) of worker \($0.worker?.description ?? "none")" }.joined(
            separator: "; ")
            + "; workers \(workers.map { "\($0.id): \($0.hands.map(\.run))" })"
    }

    private mutating func step() async throws {
        let worker = Int.random(in: workers.indices, using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<10: try await start()
        case 10..<12: try await crash(worker)
        case 12..<14:
            let seconds = Double.random(in: 5...30, using: &random)
            workers[worker].stoppedUntil = fixture.clock.reading().advanced(milliseconds: Int(seconds * 1000))
        case 14..<16: fixture.clock.jump(seconds: Double.random(in: -86_400...86_400, using: &random))
        case 16..<18: try await cancel()
        case 18..<35: fixture.clock.advance(seconds: Double.random(in: 0...2, using: &random))
        default: try await work(worker)
        }
    }

    private mutating func start() async throws {
        started += 1
        let operation = Bool.random(using: &random) ? DispatchFixture.sync : DispatchFixture.free
        let tenant = Int64.random(in: 1...3, using: &random)
        _ = try await gate.start(fixture.request(operation, tenant: tenant, key: "\(started % 4)"))
    }

    private mutating func cancel() async throws {
        let active = try await fixture.database.read { transaction in
            try transaction.query("SELECT DISTINCT run_id FROM run_holds ORDER BY run_id").map { row in
                try #require(ID<OperationRun>(try row.integer("run_id")))
            }
        }
        guard let run = active.randomElement(using: &random) else { return }
        let context = fixture.context()
        _ = try await RunCancel(fixture.changes)(run, context)
    }
}

// MARK: Workers

extension Simulation {
    private mutating func hire() async throws {
        let id = try #require(ID<Worker>(nextWorker))
        nextWorker += 1
        var worker = SimulatedWorker(id: id)
        try await enter(&worker)
        workers.append(worker)
    }

    private func enter(_ worker: inout SimulatedWorker) async throws {
        let (id, now) = (worker.id, fixture.clock.now())
        try await fixture.database.write { transaction in
            try WorkerRoll.enter(id, host: "test", process: "\(id)", at: now, in: transaction)
        }
        worker.lease.renew(until: fixture.clock.reading().advanced(milliseconds: 9000))
    }

    /// All it had in memory is gone; another process takes its place.
    private mutating func crash(_ index: Int) async throws {
        dead.insert(workers[index].id)
        workers.remove(at: index)
        try await hire()
    }

    /// One thing of those a worker does: beat, look at the others, take runs, or take a run one step further.
    private mutating func work(_ index: Int) async throws {
        if let stopped = workers[index].stoppedUntil, stopped > fixture.clock.reading() { return }
        workers[index].stoppedUntil = nil
        switch Int.random(in: 0..<8, using: &random) {
        case 0: try await beat(index)
        case 1: try await take(index)
        default: try await drive(index)
        }
    }

    private mutating func beat(_ index: Int) async throws {
        let (id, sent) = (workers[index].id, fixture.clock.reading())
        let now = fixture.clock.now()
        let (isOnRoll, roll) = try await fixture.database.write { transaction in
            try RunClaims.endImpossiblePauses(at: now, in: transaction)
            return (try WorkerRoll.beat(id, in: transaction), try WorkerRoll.all(in: transaction))
        }
        if isOnRoll {
            workers[index].lease.renew(until: sent.advanced(milliseconds: 9000))
        } else {
            for hand in workers[index].hands { hand.signals.lose() }
            let hands = workers[index].hands
            try await hire()
            workers[index] = workers.removeLast()
            workers[index].hands = hands
        }
        let dead = dead
        let gone = workers[index].lookout.gone(among: roll.filter { $0.id != workers[index].id }, at: sent) {
            dead.contains($0.id) ? false : nil
        }
        let rescue = Rescue(fixture.unscoped, clock: fixture.clock, logger: .quiet)
        for worker in gone { _ = try await rescue.rescue(worker) }
    }

    private mutating func take(_ index: Int) async throws {
        let room = 3 - workers[index].hands.count
        guard room > 0 else { return }
        let (id, now) = (workers[index].id, fixture.clock.now())
        let runs = try await fixture.database.write { transaction in
            try RunClaims.claim(.anyDue, for: id, limit: room, at: now, in: transaction)
        }
        workers[index].take(runs, tools)
    }

    private mutating func drive(_ index: Int) async throws {
        guard let hand = workers[index].hands.indices.randomElement(using: &random) else { return }
        do {
            let result = try await workers[index].hands[hand].driver.step()
            if result == .done { workers[index].hands.remove(at: hand) }
        } catch is LeaseLapsed {
            if workers[index].hands[hand].signals.isLost { workers[index].hands.remove(at: hand) }
        }
    }
}

// MARK: What must hold after every step

extension Simulation {
    private func check() async throws {
        try await fixture.checkInvariants()
        let changes = await provider.changes
        #expect(changes.values.allSatisfy { $0 == 1 }, "no change is made twice")
        let doubtful = try await fixture.database.read { transaction in
            try transaction.query(
                """
                SELECT e.effect_key FROM run_effects e
                WHERE e.state = 'done' OR (e.state = 'not_done' AND e.settled_at IS NOT NULL)
                """
            ).map { try $0.text("effect_key") }
        }
        let made = Set(changes.keys.map(\.text))
        let done = try await fixture.database.read { transaction in
            try transaction.query("SELECT effect_key FROM run_effects WHERE state = 'done'").map {
                try $0.text("effect_key")
            }
        }
        #expect(made.isSuperset(of: done), "nothing is recorded as done that the provider does not have")
        #expect(
            Set(doubtful).subtracting(done).isDisjoint(with: made),
            "nothing is recorded as not done that the provider has")
    }
}

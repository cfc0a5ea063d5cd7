import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

/// Whatever clients ask at once, of two servers, is answered as if they had come one after the other.
@Suite(.timeLimit(.minutes(15))) struct LinearizabilityTests {
    @Test(arguments: Backend.enabled, Seed.forThisRun(count: 6))
    func `histories of starts, claims, finishes and cancellations have an order`(
        on backend: Backend, seed: Seed
    ) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let exchanges = try await record(fixture, seed)
            #expect(Linearization.exists(of: exchanges), "\(exchanges)")
            // The same history with one answer falsified has none.
            for index in exchanges.indices {
                guard let forged = forged(exchanges, at: index) else { continue }
                #expect(!Linearization.exists(of: forged), "answer \(index) was changed to \(forged[index].response)")
            }
        }
    }

    @Test func `a history of a gate that starts the same work twice is found out`() async throws {
        try await DispatchFixture.with(.sqliteMemory) { fixture in
            let request = Request.start(try fixture.request())
            let (one, two) = (try #require(ID<OperationRun>(1)), try #require(ID<OperationRun>(2)))
            let first = Exchange(request: request, asked: 1, response: .accepted(one), answered: 3)
            let second = Exchange(request: request, asked: 2, response: .accepted(two), answered: 4)
            #expect(!Linearization.exists(of: [first, second]))
            let told = Exchange(request: request, asked: 2, response: .deduped(one), answered: 4)
            #expect(Linearization.exists(of: [first, told]))
            let late = Exchange(request: request, asked: 5, response: .accepted(one), answered: 6)
            let early = Exchange(request: request, asked: 1, response: .deduped(one), answered: 2)
            #expect(!Linearization.exists(of: [late, early]), "it cannot have been named before it was there")
        }
    }

    private func record(_ fixture: DispatchFixture, _ seed: Seed) async throws -> [Exchange] {
        let history = History()
        let gates = [fixture.gate(random: 1), fixture.gate(random: 2)]
        try await withThrowingTaskGroup { group in
            for client in 0..<5 {
                group.addTask {
                    var random = SeededGenerator(Seed(seed.value &* 64 &+ UInt64(client)))
                    for _ in 0..<8 { try await ask(history, gates[client % 2], fixture, &random) }
                }
            }
            try await group.waitForAll()
        }
        return history.exchanges
    }

    private func ask(
        _ history: History, _ gate: Gate, _ fixture: DispatchFixture, _ random: inout SeededGenerator
    ) async throws {
        let kind = Int.random(in: 0..<6, using: &random)
        let key = Int.random(in: 0..<2, using: &random)
        let operation = Bool.random(using: &random) ? DispatchFixture.sync : DispatchFixture.free
        guard kind > 2, let run = history.runs.randomElement(using: &random) else {
            let request = try fixture.request(operation, key: "\(key)")
            return try await history.record(.start(request)) { Response(try await gate.start(request)) }
        }
        switch kind {
        case 3: try await history.record(.claim(run)) { try await fixture.claim(run) == nil ? .refused : .done }
        case 4: try await history.record(.finish(run)) { try await finish(run, fixture) }
        default: try await history.record(.cancel(run)) { try await cancel(run, fixture) }
        }
    }

    private func finish(_ run: ID<OperationRun>, _ fixture: DispatchFixture) async throws -> Response {
        let (record, now) = (try await fixture.run(run), fixture.clock.now())
        guard record.status == .running else { return .refused }
        let ending = RunEnding(of: record, outcome: .succeeded, reason: nil, counts: ItemCounts())
        let ended = try await fixture.database.write { transaction in
            try RunCompletion.complete([ending], at: now, in: transaction)
        }
        return ended.isEmpty ? .refused : .done
    }

    private func cancel(_ run: ID<OperationRun>, _ fixture: DispatchFixture) async throws -> Response {
        let cancel = RunCancel(fixture.changes)
        let context = fixture.context()
        do {
            _ = try await cancel(run, context)
            return .done
        } catch is RunCancel.Failure {
            return .refused
        }
    }

    /// The history with one answer that names another run, or none; nil where every answer could be true.
    private func forged(_ exchanges: [Exchange], at index: Int) -> [Exchange]? {
        var forged = exchanges
        guard let stranger = ID<OperationRun>(7) else { return nil }
        switch exchanges[index].response {
        case .deduped: forged[index].response = .deduped(stranger)
        case .busy: forged[index].response = .busy([stranger])
        case .accepted, .done, .refused: return nil
        }
        return forged
    }
}

extension Response {
    fileprivate init(_ answer: StartAnswer) {
        switch (answer.decision, answer.run) {
        case (.accepted, let run?): self = .accepted(run)
        case (.deduped(let run), _): self = .deduped(run.id)
        case (.scopeBusy(let holds), _): self = .busy(Set(holds.map(\.holder.id)))
        default: self = .refused
        }
    }
}

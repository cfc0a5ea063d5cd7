import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

/// Starts under a caller's own key.
@Suite(.timeLimit(.minutes(15))) struct StartKeyTests {
    @Test(arguments: Backend.enabled)
    func `the same key is answered with the same run, also after it is over`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let gate = fixture.gate()
            let first = try await gate.start(fixture.request().keyed("k1"))
            #expect(!first.isReplay)
            try await fixture.drive(try #require(first.run), ScriptedAdapter())
            let second = try await gate.start(fixture.request().keyed("k1"))
            #expect(second.isReplay)
            #expect(second.run == first.run)
            #expect(second.decision.status == "accepted")
            #expect(try await fixture.count("operation_runs") == 1)
            let other = try await gate.start(fixture.request().keyed("k2"))
            #expect(other.run != first.run)
        }
    }

    @Test(arguments: Backend.enabled)
    func `of many at once under one key one starts, and all are told the same`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let gates = [fixture.gate(random: 1), fixture.gate(random: 2)]
            let request = try fixture.request().keyed("k")
            let answers = try await withThrowingTaskGroup { group in
                for index in 0..<60 { group.addTask { try await gates[index % 2].start(request) } }
                return try await group.reduce(into: [StartAnswer]()) { $0.append($1) }
            }
            #expect(answers.count { !$0.isReplay } == 1)
            #expect(answers.allSatisfy { $0.decision.status == "accepted" })
            #expect(Set(answers.map(\.run)).count == 1)
        }
    }

    @Test(arguments: Backend.enabled)
    func `a key does not stand for two starts, and not for two owners`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let gate = fixture.gate()
            let first = try await gate.start(fixture.request(key: "one").keyed("k"))
            await #expect(throws: StartKeyReused.self) {
                try await gate.start(fixture.request(tenant: 2, key: "one").keyed("k"))
            }
            let other = StartRequest(
                operation: DispatchFixture.sync, workspace: fixture.workspace, tenant: ID(1), target: ["key": "one"],
                surface: "test", initiator: Initiator(kind: .operator, name: "marek"))
            let deduped = try await gate.start(other.keyed("k"))
            #expect(!deduped.isReplay)
            #expect(deduped.decision.status == "deduped")
            #expect(deduped.run == first.run)
        }
    }

    @Test(arguments: Backend.enabled)
    func `busy is no answer for good, unless the caller says so`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let gate = fixture.gate()
            let holder = try await gate.start(fixture.request(key: "one"))
            let busy = try fixture.request(key: "two")
            #expect(try await gate.start(busy.keyed("caller")).decision.status == "scope_busy")
            #expect(try await gate.start(busy.keyed("hour", keepsBusy: true)).decision.status == "scope_busy")
            try await fixture.drive(try #require(holder.run), ScriptedAdapter())
            #expect(try await gate.start(busy.keyed("hour", keepsBusy: true)).decision.status == "scope_busy")
            #expect(try await gate.start(busy.keyed("caller")).decision.status == "accepted")
        }
    }

    @Test(arguments: Backend.enabled)
    func `a blocked start is told again with everything it lacked`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let gate = fixture.gate()
            let first = try await gate.start(fixture.request(DispatchFixture.connected).keyed("k"))
            let again = try await gate.start(fixture.request(DispatchFixture.connected).keyed("k"))
            #expect(again.isReplay)
            #expect(again.decision == first.decision)
            #expect(again.run == first.run)
            #expect(try await fixture.count("operation_runs") == 1)
        }
    }
}

import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

/// What starts by the clock goes through the same gate.
@Suite(.timeLimit(.minutes(15))) struct ScheduleFiringTests {
    @Test(arguments: Backend.enabled)
    func `many servers start it once, and the run says who began it`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let schedule = try schedule(operation: "test.sync")
            let due = fixture.clock.now()
            let firings = [firing(fixture, 1), firing(fixture, 2), firing(fixture, 3)]
            try await withThrowingTaskGroup { group in
                for firing in firings { group.addTask { try await firing.fire(schedule, at: due) } }
                try await group.waitForAll()
            }
            #expect(try await fixture.count("operation_runs") == 1)
            let last = try await firings[0].last(of: schedule)
            #expect(last?.decision == "accepted")
            #expect(last?.name == due.rfc3339)
            let run = try await fixture.run(last?.run)
            #expect(run.initiator == Initiator(kind: .schedule, name: "nightly"))
            #expect(run.surface == "schedule.nightly")
        }
    }

    @Test(arguments: Backend.enabled)
    func `it is told what anyone is told: busy, blocked, not there`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let firing = firing(fixture, 1)
            _ = try await fixture.gate().start(fixture.request(key: "another"))
            let cases = [
                (try schedule(operation: "test.sync"), "scope_busy"),
                (try schedule(operation: "test.connected"), "blocked"),
                (try schedule(operation: "test.sync", tenant: "nobody"), "not_found"),
            ]
            for (schedule, word) in cases {
                fixture.clock.advance(seconds: 60)
                try await firing.fire(schedule, at: fixture.clock.now())
                try await firing.fire(schedule, at: fixture.clock.now())
                #expect(try await firing.last(of: schedule)?.decision == word)
            }
            // The holder and the blocked one: what was busy or not there left none.
            #expect(try await fixture.count("operation_runs") == 2)
        }
    }

    private func schedule(operation: String, tenant: String = "tenant 1") throws -> Schedule {
        Schedule(
            name: "nightly", operation: operation, tenant: tenant, connection: nil, target: ["key": "all"],
            cron: try CronExpression("30 2 * * *"), zone: .utc, missed: .skip)
    }

    private func firing(_ fixture: DispatchFixture, _ random: UInt64) -> ScheduleFiring {
        let start = OperationStart(
            fixture.unscoped, registry: fixture.registry, gate: fixture.gate(random: random))
        return ScheduleFiring(fixture.unscoped, start: start, workspace: fixture.workspace, logger: .quiet)
    }
}

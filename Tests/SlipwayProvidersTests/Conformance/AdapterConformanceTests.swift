import SlipwayDomain
import SlipwayLab
import Testing

/// What every adapter has to do, whatever it adapts to: each row is tried with each fault.
@Suite(.timeLimit(.minutes(15))) struct AdapterConformanceTests {
    @Test(arguments: ConformanceRow.all)
    func `what goes well is done, and shows as done`(_ row: ConformanceRow) async throws {
        try await Self.with(row) { fixture, item in
            if let isDone = row.isDone { #expect(!isDone(fixture)) }
            let outcome = await Outcome(of: row, item, fixture)
            #expect(outcome.kind == .success)
            if let isDone = row.isDone {
                #expect(isDone(fixture))
                #expect(try await fixture.observe(row.operation, item) == .done)
            }
            try outcome.expectNoSecret(fixture)
        }
    }

    @Test(arguments: ConformanceRow.all, LabFault.allCases)
    func `a fault comes to what the table says, and a look afterwards tells the truth`(
        _ row: ConformanceRow, _ fault: LabFault
    ) async throws {
        try await Self.with(row) { fixture, item in
            fixture.lab.faults.add(row.rule(fault))
            let outcome = await Outcome(of: row, item, fixture)
            #expect(outcome.kind == row.expected(fault), "\(outcome)")
            #expect(fixture.lab.faults.all.isEmpty, "the fault has to hit")
            if fault == .tooManyRequests {
                #expect(outcome.failure == .transient(.rateLimited, pauseMilliseconds: 7000))
            }
            if let isDone = row.isDone {
                let state = try await fixture.observe(row.operation, item)
                #expect(state == (isDone(fixture) ? .done : .notDone))
            }
            try outcome.expectNoSecret(fixture)
            // And with the fault over it is done.
            #expect(try await fixture.perform(row.operation, item).status == .succeeded)
        }
    }

    @Test(arguments: ConformanceRow.all)
    func `a credential that is refused twice is refused for good`(_ row: ConformanceRow) async throws {
        try await Self.with(row) { fixture, item in
            fixture.lab.faults.add(row.rule(.unauthorized, count: row.renewsToken ? 2 : 1))
            let outcome = await Outcome(of: row, item, fixture)
            guard case .terminal(.credentialInvalid, _)? = outcome.failure else {
                Issue.record("\(outcome)")
                return
            }
            if let isDone = row.isDone { #expect(!isDone(fixture)) }
            try outcome.expectNoSecret(fixture)
        }
    }

    @Test(arguments: ConformanceRow.all)
    func `a call that is cancelled while it waits says what it knows`(_ row: ConformanceRow) async throws {
        try await Self.with(row, givesUp: false) { fixture, item in
            fixture.lab.faults.add(row.rule(.latency))
            let outcome = await withTaskGroup(of: Outcome?.self) { group in
                group.addTask { await Outcome(of: row, item, fixture) }
                group.addTask {
                    await fixture.late.isHeld()
                    return nil
                }
                var outcome: Outcome?
                while let next = await group.next() {
                    if let next { outcome = next }
                    group.cancelAll()
                }
                return outcome
            }
            if row.effect == .none {
                #expect(outcome?.failure == .cancelled)
            } else {
                #expect(outcome?.kind == .unknown)
                #expect(try await fixture.observe(row.operation, item) == .done)
            }
            try outcome?.expectNoSecret(fixture)
        }
    }

    private static func with(
        _ row: ConformanceRow, givesUp: Bool = true,
        _ body: @escaping @Sendable (LabFixture, String) async throws -> Void
    ) async throws {
        try await LabFixture.with(DirectorySeed(tenants: 1, groups: 5), givesUp: givesUp) { fixture in
            try await row.prepare(fixture)
            try await body(fixture, row.item(fixture))
        }
    }
}

import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwayStore
import SlipwayTesting
import Testing

/// Each attempt has the time its operation allows, and a call that outlasts it is cut.
@Suite(.timeLimit(.minutes(15))) struct DeadlineTests {
    @Test(arguments: Backend.enabled)
    func `what is not begun in time is skipped, and the run says so`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            // Each item takes the half of an hour, which is what the operation allows.
            let adapter = SlowAdapter(clock: fixture.clock, items: ["a", "b", "c"], seconds: 1801)
            let run = try #require(try await fixture.gate().start(fixture.request()).run)
            try await fixture.drive(run, adapter)
            let ended = try await fixture.run(run)
            #expect(ended.machine.outcome == .partiallySucceeded)
            #expect(ended.machine.reason == .deadlineExceeded)
            #expect(ended.counts?["succeeded"] == 2)
            #expect(ended.counts?["skipped"] == 1)
            try await fixture.checkInvariants()
        }
    }

    @Test(arguments: Backend.enabled)
    func `a call that hangs is cut, looked after, and the run ends`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let run = try #require(try await fixture.gate().start(fixture.request()).run)
            let claimed = try #require(try await fixture.claim(run))
            let signals = RunSignals()
            // Its time begins here, before the clock is moved.
            let fresh = RunDriver(claimed, tools: fixture.tools(HangingAdapter()), signals: signals)
            try await withThrowingTaskGroup { group in
                group.addTask {
                    var driver = fresh
                    while try await driver.step() != .done {}
                }
                // What a worker does with every beat: before the time is over nothing is cut.
                signals.cutIfLate(at: fixture.clock.reading())
                fixture.clock.advance(seconds: 3600)
                group.addTask {
                    while !Task.isCancelled {
                        signals.cutIfLate(at: fixture.clock.reading())
                        await Task.yield()
                    }
                }
                try await group.next()
                group.cancelAll()
            }
            let ended = try await fixture.run(run)
            #expect(ended.machine.outcome == .failed)
            #expect(ended.machine.reason == .deadlineExceeded)
            try await fixture.checkInvariants()
        }
    }
}

/// Lets time pass with each item.
private struct SlowAdapter: Adapter {
    let clock: ManualClock
    let items: [String]
    let seconds: Double

    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        items
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        clock.advance(seconds: seconds)
        return ItemResult()
    }

    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState { .notDone }
}

/// Does not come back until its task is cancelled, and does not know then what was done.
private struct HangingAdapter: Adapter {
    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        ["stuck"]
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        while !Task.isCancelled { await Task.yield() }
        throw .unknown(.networkUnreachable)
    }

    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState { .notDone }
}

import SlipwayDomain
import SlipwayTesting
import Testing

/// Every state a run can be in, met with every event there is.
@Suite struct TransitionMatrixTests {
    /// One event of each kind; `finished` in each way it can end.
    static let events: [(name: String, event: RunEvent)] =
        RunEvent.Kind.allCases.flatMap { kind -> [(String, RunEvent)] in
            switch kind {
            case .accepted: [("accepted", .accepted)]
            case .blocked: [("blocked", .blocked(.consentMissing))]
            case .claimed: [("claimed", .claimed)]
            case .cancelRequested: [("cancel_requested", .cancelRequested)]
            case .cancelAcknowledged: [("cancel_acknowledged", .cancelAcknowledged)]
            case .retryScheduled: [("retry_scheduled", .retryScheduled(.networkUnreachable))]
            case .interrupted: [("interrupted", .interrupted)]
            case .workerLost: [("worker_lost", .workerLost)]
            case .staleWriteRefused: [("stale_write_refused", .staleWriteRefused)]
            case .finished: RunOutcome.allCases.map { ("finished \($0.rawValue)", .finished($0, nil)) }
            }
        }

    @Test func `the matrix of states and events is as recorded`() {
        var text = ""
        for (name, machine) in Self.states() {
            text += "\(name)\n"
            for (event, value) in Self.events {
                var next = machine
                let result: String
                do {
                    try next.receive(value)
                    result = Self.describe(next)
                } catch {
                    result = "✘"
                }
                text += "    \(event.padded(24)) \(result)\n"
            }
        }
        expectSnapshot(text, named: "run-transitions")
    }

    @Test func `an event that cannot happen changes nothing and names both`() {
        var machine = RunMachine(maxAttempts: 3)
        let before = machine
        let error = #expect(throws: IllegalTransition.self) { try machine.receive(.claimed) }
        #expect(machine == before)
        #expect(error?.description == "a run that is not there yet cannot take claimed")
    }

    @Test func `all sequences of six events keep what must hold`() {
        var seen: Set<RunMachine> = []
        var frontier: Set = [RunMachine(maxAttempts: 2)]
        for _ in 0..<6 {
            var next: Set<RunMachine> = []
            for machine in frontier {
                for (_, event) in Self.events {
                    var after = machine
                    guard (try? after.receive(event)) != nil else { continue }
                    check(after, from: machine, event)
                    next.insert(after)
                }
            }
            seen.formUnion(next)
            frontier = next
        }
        #expect(seen.count > 50)
        for outcome in RunOutcome.allCases { #expect(seen.contains { $0.outcome == outcome }) }
    }

    private func check(_ after: RunMachine, from before: RunMachine, _ event: RunEvent) {
        #expect((after.status == .completed) == (after.outcome != .pending))
        #expect(after.attempt >= 0 && after.attempt <= after.fence)
        #expect(after.fence >= before.fence)
        #expect(after.losses <= RunMachine.maxLosses)
        if before.status == .completed { #expect(after == before, "over is over: \(event)") }
        if after.outcome == .cancelled, before.status == .running { #expect(before.cancel == .acknowledged) }
    }

    /// The states that differ in what may come next, each with a way there.
    static func states() -> [(String, RunMachine)] {
        let ways: [(String, [RunEvent])] = [
            ("new", []),
            ("queued", [.accepted]),
            ("queued, interrupted before", [.accepted, .claimed, .interrupted]),
            ("queued, last attempt had", [.accepted, .claimed, .retryScheduled(.rateLimited)]),
            ("queued, cancel requested", [.accepted, .claimed, .cancelRequested, .interrupted]),
            ("running", [.accepted, .claimed]),
            ("running, last attempt", [.accepted, .claimed, .retryScheduled(.rateLimited), .claimed]),
            (
                "running, last worker",
                [.accepted] + (1..<RunMachine.maxLosses).flatMap { _ in [.claimed, .workerLost] } + [.claimed]
            ),
            ("running, cancel requested", [.accepted, .claimed, .cancelRequested]),
            ("running, cancel acknowledged", [.accepted, .claimed, .cancelRequested, .cancelAcknowledged]),
            ("completed", [.accepted, .claimed, .finished(.succeeded, nil)]),
        ]
        return ways.compactMap { name, events in
            (try? RunMachine(folding: events, maxAttempts: 2)).map { (name, $0) }
        }
    }

    static func describe(_ machine: RunMachine) -> String {
        var words = [machine.status?.rawValue ?? "new"]
        if machine.outcome != .pending { words.append(machine.outcome.rawValue) }
        if let reason = machine.reason { words.append("(\(reason.rawValue))") }
        if machine.cancel != .none { words.append("cancel \(machine.cancel.rawValue)") }
        words.append("attempt \(machine.attempt) fence \(machine.fence)")
        if machine.losses > 0 { words.append("losses \(machine.losses)") }
        return words.joined(separator: " ")
    }
}

extension String {
    func padded(_ width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}

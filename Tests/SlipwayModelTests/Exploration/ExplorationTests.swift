import Foundation
import SlipwayTesting
import Testing

/// Three runs, two workers, two scopes, in every order there is, with a crash, a stop past the lease, a cancellation or a
/// lost reply anywhere. Decisions, transitions and next steps are Slipway's own; the rest is as its store and worker do it.
///
/// `SLIPWAY_MISFORTUNES=2` lets two of these come together: three million states, two minutes, 5 GB.
@Suite(.timeLimit(.minutes(15))) struct ExplorationTests {
    @Test func `in every order of events no work overlaps, doubles or is lost`() {
        let asked = ProcessInfo.processInfo.environment["SLIPWAY_MISFORTUNES"].flatMap { Int($0) }
        let exploration = Exploration(nil, from: World(misfortunesLeft: asked ?? 1))
        #expect(exploration.violation == nil)
        #expect(exploration.stuck == nil)
        #expect(exploration.count > 100_000, "\(exploration.count) states")
    }

    @Test func `each broken design is found out, by the fewest steps`() {
        let found = Flaw.allCases.map { flaw in
            let exploration = Exploration(flaw, from: World(misfortunesLeft: 1))
            let counterexample = exploration.violation ?? exploration.stuck
            #expect(counterexample != nil, "\(flaw.rawValue)")
            return "\(flaw.rawValue):\n\(counterexample ?? "nothing found")"
        }
        expectSnapshot(found.joined(separator: "\n\n"), named: "counterexamples")
    }
}

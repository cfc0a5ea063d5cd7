import ArgumentParser
import SlipwayDomain

/// How long a board of so many checks takes to compute, over plans in which more and more facts can be had in two ways
/// or three, and over journeys at their start, under way and far on.
struct BoardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "board")

    @Option(help: "How many checks, of which a third follow from others.")
    var checks = 500

    @Option(help: "How many plans of each kind.")
    var plans = 40

    @Option(help: "How many milliseconds a board may take in the 99th of a hundred.")
    var most = 10.0

    func run() throws {
        var isSlow = false
        for alternatives in [0, 10, 50, 100] {
            var times: [Double] = []
            var exact = 0
            for seed in 1...UInt64(max(plans, 1)) {
                var random = ScenarioRandom(seed: seed, stream: UInt64(alternatives))
                let plan = try BenchPlan(checks: checks, alternatives: alternatives, using: &random).plan
                for share in [0, 30, 60] {
                    var readings: [CheckID: FactReading] = [:]
                    for leaf in plan.leaves where random.below(100) < share { readings[leaf.id] = FactReading(.ready) }
                    let began = ContinuousClock.now
                    let board = Board.compute(plan, readings: readings, at: Timestamp(microseconds: 0))
                    times.append((ContinuousClock.now - began) / .milliseconds(1))
                    if board.isCheapest { exact += 1 }
                }
            }
            times.sort()
            func at(_ hundredth: Int) -> Double { times[(times.count - 1) * hundredth / 100] }
            if at(99) > most { isSlow = true }
            print(
                "board checks=\(checks) alternatives=\(alternatives)% boards=\(times.count) p50_ms=\(rounded(at(50)))",
                "p90_ms=\(rounded(at(90))) p99_ms=\(rounded(at(99))) most_ms=\(rounded(at(100)))",
                "proven_cheapest=\(exact)")
        }
        if isSlow { throw ExitCode(1) }
    }

    private func rounded(_ milliseconds: Double) -> Double { (milliseconds * 100).rounded() / 100 }
}

/// A plan of any size: facts in a row, checks and work that look back a little, and for some facts more than one way.
private struct BenchPlan {
    /// How far back along the row work and checks look.
    private static let window = 20

    private let leaves: [PlanLeaf]
    private var derived: [PlanCheck] = []
    private var actions: [PlanAction] = []
    /// Every check with the last fact that it stands on.
    private var tops: [(check: CheckID, top: Int)]

    init(checks: Int, alternatives: Int, using random: inout ScenarioRandom) {
        let count = max(checks * 2 / 3, Self.window)
        leaves = (0..<count).map { PlanLeaf(CheckID("fact.\($0)"), owner: "owner.\($0 % 9)") }
        tops = leaves.enumerated().map { ($1.id, $0) }
        for number in 0..<max(checks - count - 1, 1) {
            let end = random.below(count)
            let near = tops.filter { $0.top <= end && $0.top > end - Self.window }
            let inputs = (0...random.below(4)).map { _ in random.pick(near) }
            let check = PlanCheck(CheckID("check.\(number)"), owner: "owner.0", standsOn: inputs.map(\.check))
            derived.append(check)
            tops.append((check.id, inputs.map(\.top).max() ?? 0))
        }
        for number in 0..<(count + count * alternatives / 100) {
            // Every fact has work first, and then some of them have more.
            addAction(number, for: number < count ? number : random.below(count), using: &random)
        }
    }

    private mutating func addAction(_ number: Int, for fact: Int, using random: inout ScenarioRandom) {
        var provides = [leaves[fact].id]
        if random.once(in: 3) { provides.append(leaves[min(leaves.count - 1, fact + 1 + random.below(9))].id) }
        let before = tops.filter { $0.top < fact && $0.top > fact - Self.window }
        let requires = before.isEmpty ? [] : (0..<random.below(3)).map { _ in random.pick(before).check }
        actions.append(
            PlanAction(
                ActionID("action.\(number)"), stage: number % 7, owner: "owner.\(number % 9)", requires: requires,
                provides: provides, cost: 1 + random.below(6)))
    }

    var plan: BoardPlan {
        get throws(BoardPlanError) {
            let wanted = leaves.indices.filter { $0 % 4 == 0 }.map { leaves[$0].id } + derived.suffix(10).map(\.id)
            return try BoardPlan(
                name: "bench", version: 1, leaves: leaves,
                derived: derived + [PlanCheck("goal", owner: "owner.0", standsOn: wanted)],
                counters: [PlanCounter("wanted", wanted)], actions: actions, gates: derived.prefix(9).map(\.id),
                goal: "goal")
        }
    }
}

import SlipwayTesting
import Testing

@testable import SlipwayDomain

/// The recommended action beside every set of actions there is.
@Suite(.timeLimit(.minutes(15))) struct CheapestPathTests {
    @Test func `on a thousand boards the recommended action is on a cheapest path, and within the asker's power`()
        throws
    {
        var counts = Counts()
        for seed in 1...1_000 {
            var generator = SeededGenerator(Seed(UInt64(seed)))
            let plan = try BoardPlan.generated(
                actions: Int.random(in: 4...9, using: &generator), using: &generator)
            let share = Int.random(in: 0...60, using: &generator)
            let facts = Set(plan.leaves.map(\.id).filter { _ in Int.random(in: 0..<100, using: &generator) < share })
            let readings = Dictionary(uniqueKeysWithValues: facts.map { ($0, FactReading(.ready)) })
            let board = Board.compute(plan, readings: readings, at: Board.noon)
            try counts.add(board, EverySet(plan, facts: facts))
        }
        // What the suite is for: the figures, and that there was something to be wrong about.
        let figures = """
            \(counts.boards) boards, \(counts.withChoice) with more than one way, \(counts.greedyWrong) where the \
            cheapest next step is off the cheapest path; asked \(counts.asked) times: \(counts.onPath) on a cheapest \
            path, \(counts.beyondPower) beyond the asker's power
            """
        expectSnapshot(figures, named: "cheapest-path")
        #expect(counts.beyondPower == 0)
        #expect(counts.onPath * 100 >= counts.asked * 99)
        #expect(counts.asked > 1_000 && counts.withChoice > 200 && counts.greedyWrong > 50)
    }

    private struct Counts {
        var boards = 0
        var withChoice = 0
        var greedyWrong = 0
        var asked = 0
        var onPath = 0
        var beyondPower = 0

        mutating func add(_ board: Board, _ sets: EverySet) throws {
            boards += 1
            guard let cheapest = sets.cheapest else {
                // Nothing brings the goal about but facts from outside, and the board says which.
                #expect(board.verdict.isGo || !board.unprovided.isEmpty)
                return
            }
            #expect(board.isCheapest && board.costToGo == cheapest.cost && board.unprovided.isEmpty)
            if sets.hasChoice { withChoice += 1 }
            let dearest = board.frontier.compactMap(board.plan.action).min { ($0.cost, $0.id) < ($1.cost, $1.id) }
            if let dearest, !cheapest.actions.contains(dearest.id) { greedyWrong += 1 }
            if let next = board.next {
                asked += 1
                if cheapest.actions.contains(next.action) { onPath += 1 }
            } else {
                #expect(cheapest.cost == 0)
            }
            for owner in ["ann", "bob", "eve"] {
                guard let next = board.nextFor(owner).recommendation else { continue }
                asked += 1
                if cheapest.actions.contains(next.action) { onPath += 1 }
                let isTheirs = board.plan.action(next.action)?.owner == owner
                if !isTheirs || !board.frontier.contains(next.action) { beyondPower += 1 }
            }
        }
    }

    @Test func `what two parts of the way share is paid once`() throws {
        // Each alone is cheaper by its own way, of 3; the shared one costs 4 and both ways over it 1.
        let plan = try BoardPlan(
            name: "shared", version: 1,
            leaves: ["a", "b", "shared"].map { PlanLeaf($0, owner: "o") },
            derived: [PlanCheck("goal", owner: "o", standsOn: ["a", "b"])],
            actions: [
                work("own.a", [], "a", 4), work("own.b", [], "b", 4), work("share", [], "shared", 5),
                work("over.a", ["shared"], "a", 1), work("over.b", ["shared"], "b", 1),
            ], goal: "goal")
        let board = Board.compute(plan, readings: [:], at: Board.noon)
        #expect(board.costToGo == 7 && board.next?.action == "share")
        let met = Board.compute(plan, readings: ["b": FactReading(.ready)], at: Board.noon)
        #expect(met.costToGo == 4 && met.next?.action == "own.a")
    }

    @Test func `a way through facts that nobody provides is taken only where there is no other`() throws {
        let leaves = ["a", "closed"].map { PlanLeaf(CheckID($0), owner: "o") }
        func board(_ actions: [PlanAction]) throws -> Board {
            let plan = try BoardPlan(
                name: "closed", version: 1, leaves: leaves,
                derived: [PlanCheck("goal", owner: "o", standsOn: ["a"])], actions: actions, goal: "goal")
            return .compute(plan, readings: [:], at: Board.noon)
        }
        let short = work("short", ["closed"], "a", 1)
        #expect(try board([short, work("long", [], "a", 900)]).next?.action == "long")
        #expect(try board([short]).unprovided == ["closed"])
        #expect(try board([short]).fault?.unprovided == ["closed"])
    }

    @Test func `out of steps, the set is whole and says that it may not be the cheapest`() throws {
        var generator = SeededGenerator(Seed(3))
        var stopped = 0
        for _ in 0..<50 {
            let plan = try BoardPlan.generated(actions: 40, unprovided: 0, using: &generator)
            let costs = plan.actions.map(\.cost)
            let goal = try #require(plan.graph.index[plan.goal])
            let none = Bits(below: plan.leaves.count)
            let short = CheapestPath(plan.graph, costs: costs, to: goal, met: none, steps: 1)
            let long = CheapestPath(plan.graph, costs: costs, to: goal, met: none)
            #expect(long.isExact && short.cost >= long.cost)
            let given = short.actions.members.flatMap { plan.actions[$0].provides }
            let readings = Dictionary(given.map { ($0, FactReading(.ready)) }) { first, _ in first }
            #expect(Board.compute(plan, readings: readings, at: Board.noon).verdict.isGo)
            if !short.isExact { stopped += 1 }
        }
        #expect(stopped > 40)
    }

    private func work(_ id: ActionID, _ requires: [CheckID], _ provides: CheckID, _ cost: Int) -> PlanAction {
        PlanAction(id, stage: 1, owner: "o", requires: requires, provides: [provides], cost: cost)
    }
}

/// Every set of a plan's actions that brings its goal about. For plans with few actions.
private struct EverySet {
    struct Cheapest {
        let cost: Int
        /// In one cheapest set or another.
        let actions: Set<ActionID>
    }

    /// Nil when no set brings it about.
    private(set) var cheapest: Cheapest?
    /// Whether there are two sets of which neither has something to spare.
    private(set) var hasChoice = false

    init(_ plan: BoardPlan, facts: Set<CheckID>) {
        let numbers = Dictionary(uniqueKeysWithValues: plan.leaves.enumerated().map { ($1.id, UInt64(1) << $0) })
        var support = numbers
        for check in plan.derived { support[check.id] = check.standsOn.reduce(0) { $0 | (support[$1] ?? 0) } }
        func bits(_ checks: [CheckID]) -> UInt64 { checks.reduce(0) { $0 | (support[$1] ?? 0) } }
        let start = bits(Array(facts))
        let goal = bits([plan.goal])
        let actions = plan.actions.map { (needs: bits($0.requires), gives: bits($0.provides), cost: $0.cost) }
        var least = Int.max
        var best: [Int] = []
        var smallest: [Int] = []
        for set in 0..<(1 << actions.count) {
            var (held, used, cost) = (start, 0, 0)
            while let next = actions.indices.first(where: {
                set & ~used & (1 << $0) != 0 && actions[$0].needs & ~held == 0
            }) {
                held |= actions[next].gives
                used |= 1 << next
                cost += actions[next].cost
            }
            guard used == set, goal & ~held == 0 else { continue }
            // Sets come after all their subsets.
            if !smallest.contains(where: { $0 & set == $0 }) { smallest.append(set) }
            if cost < least { (least, best) = (cost, []) }
            if cost == least { best.append(set) }
        }
        guard least < .max else { return }
        hasChoice = smallest.count > 1
        let members = plan.actions.indices.filter { index in best.contains { $0 & (1 << index) != 0 } }
        cheapest = Cheapest(cost: least, actions: Set(members.map { plan.actions[$0].id }))
    }
}

import SlipwayDomain
import SlipwayTesting
import Testing

/// What is a plan and what is not.
@Suite(.timeLimit(.minutes(15))) struct BoardPlanTests {
    @Test func `the bundled plan has its parts`() {
        let plan = BoardPlan.bundled
        #expect(plan.leaves.count == 52 && plan.derived.count == 43 && plan.actions.count == 23)
        #expect(plan.counters.count == 14 && plan.stages.count == 6 && plan.gates.count == 9)
        #expect(BoardPlan.named("db-auth", version: 1) == plan && BoardPlan.named("db-auth", version: 2) == nil)
        #expect(
            Set(plan.owners) == [
                "platform_operator", "user_md_anna", "user_dispatcher_marek", "user_accountant_olena",
            ])
        #expect(plan.actions.filter { $0.persons == 2 }.map(\.id) == ["review_credentials"])
    }

    @Test func `no check is counted in two stages`() {
        let counted = BoardPlan.bundled.stages.flatMap(\.checks)
        #expect(Set(counted).count == counted.count && counted.count == 68)
    }

    @Test(arguments: broken)
    func `what does not hold together is refused`(_ sample: Broken) {
        #expect(throws: sample.error) {
            try BoardPlan(
                name: "p", version: 1, leaves: sample.leaves.map { PlanLeaf($0, owner: "o") },
                derived: sample.derived.map { PlanCheck($0.0, owner: "o", standsOn: $0.1) },
                counters: sample.counters, actions: sample.actions, gates: sample.gates, goal: sample.goal,
                decisions: sample.decisions, verdict: sample.verdict)
        }
        #expect(!sample.error.description.isEmpty)
    }

    struct Broken: Sendable, CustomTestStringConvertible {
        let error: BoardPlanError
        var leaves: [CheckID] = ["a", "b"]
        var derived: [(CheckID, [CheckID])] = [("go", ["a", "b"])]
        var counters: [PlanCounter] = []
        var actions: [PlanAction] = []
        var gates: [CheckID] = []
        var goal: CheckID = "go"
        var decisions: [DecisionRule] = []
        var verdict: VerdictRule?

        var testDescription: String { error.description }
    }

    private static func action(
        _ id: ActionID, _ requires: [CheckID], _ provides: [CheckID], persons: Int = 1, cost: Int = 1
    ) -> PlanAction {
        PlanAction(id, stage: 1, owner: "o", persons: persons, requires: requires, provides: provides, cost: cost)
    }

    private static let rule = DecisionRule(.release, passesWith: "go", .goLocalDemo, rows: [])

    static let broken: [Broken] = [
        Broken(error: .name("a", of: "check"), leaves: ["a", "a"]),
        Broken(error: .name("a", of: "check"), derived: [("a", ["b"]), ("go", ["b"])]),
        Broken(error: .name("", of: "check"), leaves: ["a", "b", ""]),
        Broken(error: .name("cutover.run", of: "check"), leaves: ["a", "b", "cutover.run"]),
        Broken(error: .name("x", of: "action"), actions: [action("x", [], ["a"]), action("x", [], ["b"])]),
        Broken(
            error: .name("c", of: "counter"), counters: [PlanCounter("c", ["a"]), PlanCounter("c", ["b"])]),
        Broken(error: .unknownCheck("z", namedBy: "go"), derived: [("go", ["a", "z"])]),
        Broken(error: .unknownCheck("z", namedBy: "x"), actions: [action("x", ["z"], ["a"])]),
        Broken(error: .unknownCheck("z", namedBy: "x"), actions: [action("x", [], ["z"])]),
        Broken(error: .unknownCheck("z", namedBy: "the counter c"), counters: [PlanCounter("c", ["z"])]),
        Broken(error: .unknownCheck("z", namedBy: "the gates"), gates: ["z"]),
        Broken(error: .unknownCheck("z", namedBy: "the goal"), goal: "z"),
        Broken(
            error: .unknownCheck("z", namedBy: "the decision release"),
            decisions: [DecisionRule(.release, passesWith: "z", .goLocalDemo, rows: [])]),
        Broken(error: .standsOnNothing("go"), derived: [("go", [])]),
        Broken(
            error: .checkCycle(["go", "mid", "low"]),
            derived: [("go", ["mid"]), ("mid", ["a", "low"]), ("low", ["go"])]),
        Broken(error: .actionCycle(["x", "y"]), actions: [action("x", ["b"], ["a"]), action("y", ["a"], ["b"])]),
        Broken(error: .actionCycle(["x"]), actions: [action("x", ["go"], ["a"])]),
        Broken(error: .providesDerived("x", "go"), actions: [action("x", [], ["go"])]),
        Broken(error: .providesNothing("x"), actions: [action("x", ["a"], [])]),
        Broken(error: .costOutOfRange("x", 0), actions: [action("x", [], ["a"], cost: 0)]),
        Broken(error: .costOutOfRange("x", 1_000_001), actions: [action("x", [], ["a"], cost: 1_000_001)]),
        Broken(error: .personsOutOfRange("x", 3), actions: [action("x", [], ["a"], persons: 3)]),
        Broken(error: .decisionRule(.release), decisions: [rule, rule]),
        Broken(
            error: .decisionRule(.wiring),
            verdict: VerdictRule(over: [.wiring], rows: [], ready: "go", signature: "a")),
        Broken(
            error: .signatureIsNoLeaf("go"), verdict: VerdictRule(over: [], rows: [], ready: "a", signature: "go")),
    ]

    @Test func `a plan may be deeper than the call stack`() throws {
        let depth = 50_000
        let derived = (0..<depth).map { number in
            PlanCheck(
                CheckID("d\(number)"), owner: "o", standsOn: [number == 0 ? "a" : CheckID("d\(number - 1)")])
        }
        let plan = try BoardPlan(
            name: "deep", version: 1, leaves: [PlanLeaf("a", owner: "o")], derived: derived.reversed(),
            actions: [Self.action("x", [], ["a"])], goal: CheckID("d\(depth - 1)"))
        let board = Board.compute(plan, readings: ["a": FactReading(.ready)], at: Board.noon)
        #expect(board.verdict.isGo)
        #expect(Board.compute(plan, readings: [:], at: Board.noon).next?.action == "x")
    }
}

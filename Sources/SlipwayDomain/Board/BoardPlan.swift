/// What a board is made of: the facts there are, what follows from them, and the work that brings them about. It is
/// data, and every plan there is holds together: see `BoardPlanError` for what is refused.
package struct BoardPlan: Hashable, Sendable {
    package let name: String
    package let version: Int
    package let leaves: [PlanLeaf]
    package let derived: [PlanCheck]
    package let counters: [PlanCounter]
    package let stages: [PlanStage]
    /// In the order that settles what nothing else does.
    package let actions: [PlanAction]
    /// The checks whose number is shown as how far the journey is. All of them met is not a go.
    package let gates: [CheckID]
    /// The check that is the go.
    package let goal: CheckID
    /// In the order in which they are shown.
    package let decisions: [DecisionRule]
    /// Nil for a plan that nobody signs: it has no verdict but its goal, and no traffic.
    package let verdict: VerdictRule?

    let graph: PlanGraph

    package init(
        name: String, version: Int, leaves: [PlanLeaf], derived: [PlanCheck], counters: [PlanCounter] = [],
        stages: [PlanStage] = [], actions: [PlanAction], gates: [CheckID] = [], goal: CheckID,
        decisions: [DecisionRule] = [], verdict: VerdictRule? = nil
    ) throws(BoardPlanError) {
        self.name = name
        self.version = version
        self.leaves = leaves
        self.derived = derived
        self.counters = counters
        self.stages = stages
        self.actions = actions
        self.gates = gates
        self.goal = goal
        self.decisions = decisions
        self.verdict = verdict
        graph = try PlanGraph(leaves: leaves, derived: derived, actions: actions)
        try checkReferences()
    }

    package static func == (left: BoardPlan, right: BoardPlan) -> Bool {
        // The graph follows from the rest.
        left.name == right.name && left.version == right.version && left.leaves == right.leaves
            && left.derived == right.derived && left.counters == right.counters && left.stages == right.stages
            && left.actions == right.actions && left.gates == right.gates && left.goal == right.goal
            && left.decisions == right.decisions && left.verdict == right.verdict
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(version)
        hasher.combine(leaves)
        hasher.combine(actions)
    }

    /// Who owes a leaf or does an action, each once, in the plan's order.
    package var owners: [String] {
        var seen: Set<String> = []
        return (actions.map(\.owner) + leaves.map(\.owner)).filter { seen.insert($0).inserted }
    }

    /// The plans that come with Slipway.
    package static let all = [bundled]

    package static func named(_ name: String, version: Int) -> BoardPlan? {
        all.first { $0.name == name && $0.version == version }
    }
}

/// Why something is not a plan.
package enum BoardPlanError: Error, Hashable, CustomStringConvertible {
    /// Two parts of one kind have the name, or a part has none.
    case name(String, of: String)
    /// A part names a check that there is not.
    case unknownCheck(CheckID, namedBy: String)
    case standsOnNothing(CheckID)
    /// Each of these stands on the next, and the last on the first.
    case checkCycle([CheckID])
    /// Each of these can start only after the next, and the last only after the first.
    case actionCycle([ActionID])
    /// What is derived follows from other checks; work provides leaves.
    case providesDerived(ActionID, CheckID)
    case providesNothing(ActionID)
    case costOutOfRange(ActionID, Int)
    case personsOutOfRange(ActionID, Int)
    case signatureIsNoLeaf(CheckID)
    /// Each decision has one rule at most; the verdict and traffic have rules of their own.
    case decisionRule(DecisionName)

    package var description: String {
        switch self {
        case .name(let name, let part): "the name '\(name)' of a \(part) is empty or taken"
        case .unknownCheck(let check, let place): "\(place) names the check \(check), and there is none"
        case .standsOnNothing(let check): "\(check) stands on nothing, so it would always be met"
        case .checkCycle(let checks): "checks stand on each other: \(Self.circle(checks))"
        case .actionCycle(let actions): "actions wait for each other: \(Self.circle(actions))"
        case .providesDerived(let action, let check): "\(action) provides \(check), which follows from other checks"
        case .providesNothing(let action): "\(action) provides nothing"
        case .costOutOfRange(let action, let cost):
            "\(action) costs \(cost); a cost is from 1 to \(PlanGraph.highestCost)"
        case .personsOutOfRange(let action, let persons): "\(action) takes \(persons) people; it takes 1 or 2"
        case .signatureIsNoLeaf(let check): "the signature \(check) is not a leaf"
        case .decisionRule(let decision): "the decision \(decision.rawValue) has a rule of its own, or two rules"
        }
    }

    private static func circle(_ names: [some PlanName]) -> String {
        (names + names.prefix(1)).map(\.rawValue).joined(separator: " → ")
    }
}

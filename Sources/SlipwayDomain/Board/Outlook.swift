/// What is left to do and in which order: the second half of a board, in the plan's numbers.
struct Outlook: Hashable, Sendable {
    let path: CheapestPath
    /// The actions on the path that can start, the most urgent first.
    let ranked: [Int]
    /// The longest way from each action to the end, in actions, itself included; 0 for those that are not counted.
    let chain: [Int]
    /// The counted actions that come after each, near or far.
    let after: [Bits]
    let isDone: [Bool]

    /// Only what is on the path, and what is done already, counts for how far each action is from the end: a choice
    /// that was not taken makes nothing more urgent.
    init(_ standing: Standing) {
        let (plan, graph) = (standing.plan, standing.plan.graph)
        let goal = graph.index[plan.goal] ?? 0
        let count = plan.actions.count
        let path = CheapestPath(graph, costs: plan.actions.map(\.cost), to: goal, met: standing.metLeaves)
        var chain = Array(repeating: 0, count: count)
        var after = Array(repeating: Bits(below: count), count: count)
        // From the end: whatever waits for an action has its own numbers before it hands them on.
        for action in graph.actionOrder.reversed() where path.actions.contains(action) || standing.isDone[action] {
            chain[action] += 1
            for sooner in graph.earlier[action] {
                chain[sooner] = max(chain[sooner], chain[action])
                after[sooner].formUnion(after[action])
                after[sooner].insert(action)
            }
        }
        let rank = standing.frontier.filter(path.actions.contains).map { action in
            Rank(
                chain: chain[action], unlocks: after[action].count,
                isRepair: graph.actionProvides[action].contains { standing.judged[$0].needsRepair },
                stage: plan.actions[action].stage, action: action)
        }
        self.path = path
        ranked = rank.sorted().map(\.action)
        self.chain = chain
        self.after = after
        isDone = standing.isDone
    }

    /// What makes an action more urgent than another; the smaller one is first.
    private struct Rank: Comparable {
        let chain: Int
        let unlocks: Int
        let isRepair: Bool
        let stage: Int
        let action: Int

        static func < (left: Rank, right: Rank) -> Bool {
            if left.chain != right.chain { return left.chain > right.chain }
            if left.unlocks != right.unlocks { return left.unlocks > right.unlocks }
            if left.isRepair != right.isRepair { return left.isRepair }
            return (left.stage, left.action) < (right.stage, right.action)
        }
    }

    /// The actions on the path that are somebody's, the most urgent first, whether they can start or not.
    func work(_ plan: BoardPlan, of owners: Set<String>) -> [Int] {
        path.actions.members.filter { owners.contains(plan.actions[$0].owner) }.sorted { left, right in
            let (first, second) = (plan.actions[left], plan.actions[right])
            return (-chain[left], -after[left].count, first.stage, left)
                < (-chain[right], -after[right].count, second.stage, right)
        }
    }
}

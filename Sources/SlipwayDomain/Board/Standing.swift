/// Which checks are met and what each leaf's reading is worth: the first half of a board, in the plan's numbers.
struct Standing: Sendable {
    let plan: BoardPlan
    /// Of the leaves.
    let judged: [CheckState]
    /// Of all checks.
    let isMet: [Bool]
    let metLeaves: Bits
    /// Whether nothing of what an action provides is missing.
    let isDone: [Bool]
    /// Undone actions whose requirements are met, in the plan's order.
    let frontier: [Int]

    init(_ plan: BoardPlan, readings: [CheckID: FactReading], at now: Timestamp) {
        let graph = plan.graph
        self.plan = plan
        let judged = plan.leaves.map { CheckState(readings[$0.id] ?? .notStarted, of: $0, at: now) }
        var isMet = judged.map(\.isMet) + Array(repeating: false, count: plan.derived.count)
        for check in graph.derivedOrder { isMet[check] = graph.inputs[check].allSatisfy { isMet[$0] } }
        self.judged = judged
        self.isMet = isMet
        metLeaves = Bits(judged.indices.filter { isMet[$0] }, below: graph.leafCount)
        isDone = graph.actionProvides.map { leaves in leaves.allSatisfy { isMet[$0] } }
        let isDone = isDone
        frontier = plan.actions.indices.filter { action in
            !isDone[action] && graph.actionRequires[action].allSatisfy { isMet[$0] }
        }
    }

    func holds(_ check: CheckID) -> Bool { plan.graph.index[check].map { isMet[$0] } ?? false }

    func unmet(_ checks: [CheckID]) -> [CheckID] { checks.filter { !holds($0) } }

    func tally(_ checks: [CheckID]) -> Tally {
        Tally(done: checks.count { holds($0) }, total: checks.count)
    }

    /// The checks that a check stands on and that are not met.
    func unmetInputs(of check: CheckID) -> [CheckID] {
        guard let number = plan.graph.index[check], number >= plan.graph.leafCount else { return [] }
        return unmet(plan.derived[number - plan.graph.leafCount].standsOn)
    }

    /// The unmet leaves that a check stands on in the end.
    func missingLeaves(of check: CheckID) -> [Int] {
        guard let number = plan.graph.index[check] else { return [] }
        return plan.graph.support[number].subtracting(metLeaves).members
    }
}

extension BoardPlan {
    /// The name of a check by its number.
    func check(_ number: Int) -> CheckID {
        number < leaves.count ? leaves[number].id : derived[number - leaves.count].id
    }
}

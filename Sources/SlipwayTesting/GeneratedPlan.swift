package import SlipwayDomain

extension BoardPlan {
    /// A plan nobody would draw up: many leaves can be had in several ways, at different costs, and each way needs
    /// other things before. Every leaf has work, or is met, or has nobody.
    ///
    /// - Parameters:
    ///   - actions: at least so many are there; each leaf of the goal gets one if it has none.
    ///   - unprovided: how many leaves in a hundred may have no action.
    package static func generated(
        actions: Int, unprovided: Int = 5, using generator: inout SeededGenerator
    ) throws -> BoardPlan {
        let owners = ["ann", "bob", "eve"]
        // Leaves and checks have levels; what provides a leaf requires what is of lower levels alone.
        let leafCount = max(3, actions * 2 / 3)
        let leaves = (0..<leafCount).map { PlanLeaf(CheckID("f\($0)"), owner: owners[$0 % 3]) }
        var derived: [PlanCheck] = []
        var reach: [(check: CheckID, top: Int)] = leaves.enumerated().map { ($1.id, $0) }
        for number in 0..<leafCount / 3 {
            let inputs = (0..<Int.random(in: 1...3, using: &generator)).compactMap { _ in
                reach.randomElement(using: &generator)
            }
            let id = CheckID("d\(number)")
            derived.append(PlanCheck(id, owner: "ann", standsOn: inputs.map(\.check)))
            reach.append((id, inputs.map(\.top).max() ?? 0))
        }
        let work = (0..<actions).map { number in
            let given = (0..<(Int.random(in: 0..<4, using: &generator) == 0 ? 2 : 1)).map { _ in
                Int.random(in: 0..<leafCount, using: &generator)
            }
            let lowest = given.min() ?? 0
            let before = reach.filter { $0.top < lowest }.map(\.check)
            let requires = (0..<Int.random(in: 0...2, using: &generator)).compactMap { _ in
                before.randomElement(using: &generator)
            }
            return PlanAction(
                ActionID("w\(number)"), stage: Int.random(in: 1...5, using: &generator),
                owner: owners.randomElement(using: &generator) ?? "ann", requires: requires,
                provides: given.map { leaves[$0].id }, cost: Int.random(in: 1...6, using: &generator))
        }
        let wanted = leaves.shuffled(using: &generator).prefix(max(2, leafCount / 3)).map(\.id)
        let provided = Set(work.flatMap(\.provides))
        let missing = leaves.map(\.id).filter { leaf in
            !provided.contains(leaf) && Int.random(in: 0..<100, using: &generator) >= unprovided
        }
        let extra = missing.map { leaf in
            PlanAction(
                ActionID("only.\(leaf)"), stage: 1, owner: "eve", requires: [], provides: [leaf],
                cost: Int.random(in: 1...6, using: &generator))
        }
        return try BoardPlan(
            name: "generated", version: 1, leaves: leaves,
            derived: derived + [PlanCheck("goal", owner: "ann", standsOn: wanted)],
            counters: [PlanCounter("wanted", wanted)], stages: [PlanStage("all", wanted)], actions: work + extra,
            gates: derived.prefix(3).map(\.id), goal: "goal")
    }
}

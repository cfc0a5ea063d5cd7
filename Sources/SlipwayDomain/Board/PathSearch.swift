/// Branch and bound over which action provides which leaf.
///
/// What has one provider left is not a choice and is taken at once; parts that share no action are solved one by one;
/// a bound from below (`PathBound`) leaves out whole branches, and actions that are too dear to be in any better set.
struct PathSearch {
    let problem: PathProblem
    private(set) var stepsLeft: Int

    var isExhausted: Bool { stepsLeft <= 0 }

    init(_ problem: PathProblem, steps: Int) {
        self.problem = problem
        stepsLeft = steps
    }

    /// The cheapest set from a place on that costs less than the limit; nil when there is none. Once the steps are
    /// used up, the first set that comes to hand.
    mutating func best(_ start: PathNode, below limit: Int) -> PathFound? {
        var node = start
        guard settle(&node, below: limit) else { return nil }
        let open = node.open.members
        guard !open.isEmpty else { return PathFound(cost: node.cost, chosen: node.chosen) }
        let regions = PathRegion.all(of: open, problem, node)
        // To divide a node and to set up its bound is the most of its work.
        stepsLeft -= regions.reduce(problem.costs.count / 4) { $0 + 8 * ($1.actions.count + $1.leaves.count) }
        guard regions.count == 1, let region = regions.first else {
            return separately(regions, node, below: limit)
        }
        return branch(region, node, below: limit)
    }

    /// Takes what has to be taken. False when no set from here on costs less than the limit.
    private mutating func settle(_ node: inout PathNode, below limit: Int) -> Bool {
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for leaf in node.open.members where !node.provided.contains(leaf) {
                guard let takes = take(leaf, &node, below: limit) else { return false }
                if takes { hasChanged = true }
            }
        }
        return node.cost < limit
    }

    /// Takes the one action there is for a leaf, or needs what all its actions need. Nil when there is none, false when
    /// nothing follows.
    private mutating func take(_ leaf: Int, _ node: inout PathNode, below limit: Int) -> Bool? {
        var (first, count) = (0, 0)
        for action in problem.providers[leaf]
        where !node.banned.contains(action) && problem.costs[action] < limit - node.cost {
            if count == 0 { first = action }
            count += 1
        }
        stepsLeft -= count
        guard count > 0 else { return nil }
        if count == 1 {
            node.choose(first, in: problem)
            return true
        }
        var takes = false
        for item in problem.needLists[first] {
            let need = problem.needLists.items[item]
            guard !node.needed.contains(need) else { continue }
            let isCommon = problem.providers[leaf].allSatisfy {
                problem.needs[$0].contains(need) || node.banned.contains($0)
                    || problem.costs[$0] >= limit - node.cost
            }
            if isCommon {
                node.needed.insert(need)
                takes = true
            }
        }
        return takes
    }

    private mutating func separately(_ regions: [PathRegion], _ node: PathNode, below limit: Int) -> PathFound? {
        var (cost, chosen) = (node.cost, node.chosen)
        let open = node.open
        for region in regions {
            var part = node
            part.cost = 0
            part.chosen = Bits(below: problem.costs.count)
            // The others see to theirs.
            part.provided.formUnion(open)
            for leaf in region.openLeaves { part.provided.remove(leaf) }
            guard let found = best(part, below: limit - cost) else { return nil }
            cost += found.cost
            chosen.formUnion(found.chosen)
        }
        return PathFound(cost: cost, chosen: chosen)
    }

    private mutating func branch(_ region: PathRegion, _ start: PathNode, below bound: Int) -> PathFound? {
        var (node, limit) = (start, bound)
        var estimate = PathBound(region, problem, node)
        guard let least = estimate.lower(steps: &stepsLeft), node.cost + least < limit else { return nil }
        var found: PathFound?
        if let quick = estimate.quickSet(node, steps: &stepsLeft), quick.cost < limit {
            found = quick
            limit = quick.cost
        }
        guard node.cost + least < limit, !isExhausted else { return found }
        let tooDear = estimate.actions(whereResidualIsAtLeast: limit - node.cost - least)
        if !tooDear.isEmpty {
            for action in tooDear { node.banned.insert(action) }
            return best(node, below: limit) ?? found
        }
        for action in estimate.choices(node) {
            var next = node
            next.choose(action, in: problem)
            if let better = best(next, below: limit) {
                found = better
                limit = better.cost
            }
            // The ways with this action are seen; the rest are without it.
            node.banned.insert(action)
        }
        return found
    }
}

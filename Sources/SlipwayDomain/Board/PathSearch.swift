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
        let open = node.open
        guard !open.isEmpty else { return PathFound(cost: node.cost, chosen: node.chosen) }
        let regions = regions(of: open, node)
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
                let candidates = problem.providers[leaf].filter {
                    !node.banned.contains($0) && node.cost + problem.costs[$0] < limit
                }
                stepsLeft -= candidates.count
                guard let first = candidates.first else { return false }
                if candidates.count == 1 {
                    node.choose(first, in: problem)
                    hasChanged = true
                    continue
                }
                var common = problem.needs[first]
                for candidate in candidates.dropFirst() { common.formIntersection(problem.needs[candidate]) }
                if !common.isSubset(of: node.needed) {
                    node.needed.formUnion(common)
                    hasChanged = true
                }
            }
        }
        return node.cost < limit
    }

    /// The open leaves in groups that no action, however far down, has to do with two of.
    private mutating func regions(of open: Bits, _ node: PathNode) -> [PathRegion] {
        var regions: [PathRegion] = []
        for leaf in open.members {
            var region = PathRegion(open: [leaf], problem, node)
            stepsLeft -= region.actions.count
            for (place, other) in regions.enumerated().reversed() where !other.isDisjoint(with: region) {
                region.formUnion(other)
                regions.remove(at: place)
            }
            regions.append(region)
        }
        return regions
    }

    private mutating func separately(_ regions: [PathRegion], _ node: PathNode, below limit: Int) -> PathFound? {
        var (cost, chosen) = (node.cost, node.chosen)
        let open = node.open
        for region in regions {
            var part = node
            part.cost = 0
            part.chosen = Bits(below: problem.costs.count)
            // The others see to theirs.
            part.provided.formUnion(open.subtracting(region.openLeaves))
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
        if let quick = estimate.quickSet(node), quick.cost < limit {
            found = quick
            limit = quick.cost
        }
        guard node.cost + least < limit, !isExhausted else { return found }
        let tooDear = estimate.actions(whereResidualIsAtLeast: limit - node.cost - least)
        if !tooDear.isEmpty {
            for action in tooDear { node.banned.insert(action) }
            return best(node, below: limit) ?? found
        }
        let choices = region.openLeaves.members.map { leaf in
            problem.providers[leaf].filter { !node.banned.contains($0) }
        }
        for action in estimate.sorted(choices.min { $0.count < $1.count } ?? []) {
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

/// A bound from below on what a region costs, by cuts: sets of actions of which every way has at least one.
///
/// Each cut adds the cost of its cheapest action to the bound and takes it from all of its actions, so that no cost is
/// counted twice. What is left of an action's cost, its residual, is what a way with that action costs beyond the
/// bound at least.
struct PathBound {
    private static let unreachable = Int.max / 4

    /// The region's actions, each behind those that provide what it needs; here they have places in this list.
    private let actions: [Int]
    private let needs: [[Int]]
    private let gives: [[Int]]
    private let providers: [[Int]]
    private let openLeaves: [Int]
    private let costs: [Int]
    private var residuals: [Int]
    /// The least that reaching a leaf costs, by residuals, when of several needs the dearest alone is counted.
    private var height: [Int]
    /// That need of each action; nil when it has none.
    private var dearest: [Int?]
    private let edgeCount: Int

    init(_ region: PathRegion, _ problem: PathProblem, _ node: PathNode) {
        let settled = node.needed.union(node.provided)
        let actions = problem.order.filter(region.actions.contains)
        self.actions = actions
        let leaves = region.leaves.members
        var place = Array(repeating: 0, count: problem.providers.count)
        for (number, leaf) in leaves.enumerated() { place[leaf] = number }
        needs = actions.map { problem.needs[$0].subtracting(settled).members.map { place[$0] } }
        gives = actions.map { action in
            problem.gives[action].members.filter(region.leaves.contains).map { place[$0] }
        }
        var providers = Array(repeating: [Int](), count: leaves.count)
        for (number, given) in gives.enumerated() {
            for leaf in given { providers[leaf].append(number) }
        }
        self.providers = providers
        openLeaves = region.openLeaves.members.map { place[$0] }
        costs = actions.map { problem.costs[$0] }
        residuals = costs
        height = Array(repeating: 0, count: leaves.count)
        dearest = Array(repeating: nil, count: actions.count)
        edgeCount = needs.reduce(0) { $0 + $1.count } + gives.reduce(0) { $0 + $1.count }
    }

    /// Nil when the open leaves cannot all be reached. It can be asked once.
    mutating func lower(steps: inout Int) -> Int? {
        var bound = 0
        while true {
            climb()
            steps -= edgeCount
            guard let top = openLeaves.max(by: { height[$0] < height[$1] }) else { return bound }
            guard height[top] < Self.unreachable else { return nil }
            if height[top] == 0 { return bound }
            let cut = cut(below: top)
            guard let least = cut.map({ residuals[$0] }).min() else { return bound }
            for action in cut { residuals[action] -= least }
            bound += least
        }
    }

    private mutating func climb() {
        for leaf in height.indices { height[leaf] = Self.unreachable }
        for action in actions.indices {
            var worst: Int?
            var sum = residuals[action]
            for need in needs[action] where worst.map({ height[need] > height[$0] }) ?? true { worst = need }
            if let worst { sum += height[worst] }
            dearest[action] = worst
            for leaf in gives[action] where sum < height[leaf] { height[leaf] = sum }
        }
    }

    /// The actions by which every way first comes to where the rest, down to the leaf, costs nothing more.
    private func cut(below leaf: Int) -> [Int] {
        var isNear = Array(repeating: false, count: height.count)
        isNear[leaf] = true
        var rest = [leaf]
        var edge: [Int] = []
        while let leaf = rest.popLast() {
            for action in providers[leaf] where isReachable(action) {
                if residuals[action] > 0 {
                    edge.append(action)
                } else if let need = dearest[action], !isNear[need] {
                    isNear[need] = true
                    rest.append(need)
                }
            }
        }
        var isIn = Array(repeating: false, count: actions.count)
        return edge.filter { action in
            guard !isIn[action], !(dearest[action].map { isNear[$0] } ?? false) else { return false }
            isIn[action] = true
            return true
        }
    }

    private func isReachable(_ action: Int) -> Bool {
        dearest[action].map { height[$0] < Self.unreachable } ?? true
    }

    /// After `lower`: the actions that a set can only have when it costs so much more than the bound.
    func actions(whereResidualIsAtLeast least: Int) -> [Int] {
        actions.indices.filter { residuals[$0] >= least || !isReachable($0) }.map { actions[$0] }
    }

    /// After `lower`: the most promising first.
    func sorted(_ choices: [Int]) -> [Int] {
        var left: [Int: Int] = [:]
        for (place, action) in actions.enumerated() { left[action] = residuals[place] }
        return choices.sorted { (left[$0] ?? 0, $0) < (left[$1] ?? 0, $1) }
    }

    /// After `lower`: a whole set, of actions whose costs the bound has used up, without what it can do without.
    func quickSet(_ node: PathNode) -> PathFound? {
        var isPicked = Array(repeating: false, count: actions.count)
        var rest = openLeaves
        var isProvided = Array(repeating: false, count: height.count)
        while let leaf = rest.popLast() {
            guard !isProvided[leaf] else { continue }
            let free = providers[leaf].filter { residuals[$0] == 0 && (dearest[$0].map { height[$0] == 0 } ?? true) }
            guard let action = free.min(by: { (costs[$0], $0) < (costs[$1], $1) }) else { return nil }
            isPicked[action] = true
            for given in gives[action] { isProvided[given] = true }
            rest += needs[action]
        }
        for action in actions.indices.sorted(by: { (-costs[$0], $0) < (-costs[$1], $1) }) where isPicked[action] {
            isPicked[action] = false
            if !suffices(isPicked) { isPicked[action] = true }
        }
        var found = node.chosen
        var cost = node.cost
        for action in actions.indices where isPicked[action] {
            found.insert(actions[action])
            cost += costs[action]
        }
        return PathFound(cost: cost, chosen: found)
    }

    /// Whether the picked actions, as far as they can be done, reach all open leaves.
    private func suffices(_ isPicked: [Bool]) -> Bool {
        var isProvided = Array(repeating: false, count: height.count)
        for action in actions.indices where isPicked[action] {
            guard needs[action].allSatisfy({ isProvided[$0] }) else { continue }
            for leaf in gives[action] { isProvided[leaf] = true }
        }
        return openLeaves.allSatisfy { isProvided[$0] }
    }
}

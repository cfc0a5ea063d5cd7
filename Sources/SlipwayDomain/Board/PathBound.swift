/// A bound from below on what a region costs, by cuts: sets of actions of which every way has at least one.
///
/// Each cut adds the cost of its cheapest action to the bound and takes it from all of its actions, so that no cost is
/// counted twice. What is left of an action's cost, its residual, is what a way with that action costs beyond the
/// bound at least. Actions and leaves go by their places in the region here.
struct PathBound {
    private static let unreachable = Int.max / 4
    private static let none = -1

    /// Each behind those that provide what it needs.
    private let actions: [Int]
    private let needs: IntLists
    private let gives: IntLists
    private let providers: IntLists
    /// The actions that need each leaf.
    private let users: IntLists
    private let openLeaves: [Int]
    private let costs: [Int]
    private var residuals: [Int]
    /// The least that reaching a leaf costs, by residuals, when of several needs the dearest alone is counted.
    private var height: [Int]
    /// That need of each action, or `none`.
    private var dearest: [Int]
    /// The actions whose heights have to be looked at again.
    private var isTouched: [Bool]
    private var isNear: [Bool]
    private var isInCut: [Bool]

    init(_ region: PathRegion, _ problem: PathProblem, _ node: PathNode) {
        actions = region.actions.sorted { problem.rank[$0] < problem.rank[$1] }
        var place = Array(repeating: Self.none, count: problem.providers.count)
        for (number, leaf) in region.leaves.enumerated() { place[leaf] = number }
        var (needs, gives) = (IntLists(), IntLists())
        var providers = Array(repeating: [Int](), count: region.leaves.count)
        var users = providers
        for (number, action) in actions.enumerated() {
            for item in problem.needLists[action] {
                let leaf = problem.needLists.items[item]
                guard !node.isSettled(leaf) else { continue }
                needs.append(place[leaf])
                users[place[leaf]].append(number)
            }
            needs.close()
            for item in problem.giveLists[action] where place[problem.giveLists.items[item]] != Self.none {
                let leaf = place[problem.giveLists.items[item]]
                gives.append(leaf)
                providers[leaf].append(number)
            }
            gives.close()
        }
        self.needs = needs
        self.gives = gives
        self.providers = IntLists(providers)
        self.users = IntLists(users)
        openLeaves = region.openLeaves.map { place[$0] }
        costs = actions.map { problem.costs[$0] }
        residuals = costs
        height = Array(repeating: Self.unreachable, count: region.leaves.count)
        dearest = Array(repeating: Self.none, count: actions.count)
        isTouched = Array(repeating: true, count: actions.count)
        isNear = Array(repeating: false, count: region.leaves.count)
        isInCut = Array(repeating: false, count: actions.count)
    }

    /// Nil when the open leaves cannot all be reached. It can be asked once.
    mutating func lower(steps: inout Int) -> Int? {
        var bound = 0
        climb(from: 0, steps: &steps)
        while true {
            guard let top = openLeaves.max(by: { height[$0] < height[$1] }) else { return bound }
            guard height[top] < Self.unreachable else { return nil }
            if height[top] == 0 { return bound }
            let cut = cut(below: top)
            steps -= cut.count + openLeaves.count / 8
            guard let least = cut.map({ residuals[$0] }).min(), let first = cut.min() else { return bound }
            for action in cut {
                residuals[action] -= least
                isTouched[action] = true
            }
            bound += least
            climb(from: first, steps: &steps)
        }
    }

    /// Brings heights up to date behind the touched actions. Residuals only fall, and so do heights.
    private mutating func climb(from first: Int, steps: inout Int) {
        for action in first..<actions.count where isTouched[action] {
            isTouched[action] = false
            var (worst, worstHeight) = (Self.none, 0)
            for item in needs[action] {
                let need = needs.items[item]
                if worst == Self.none || height[need] > worstHeight { (worst, worstHeight) = (need, height[need]) }
            }
            dearest[action] = worst
            let sum = min(residuals[action] + worstHeight, Self.unreachable)
            for item in gives[action] where sum < height[gives.items[item]] {
                height[gives.items[item]] = sum
                for user in users[gives.items[item]] { isTouched[users.items[user]] = true }
            }
            steps -= 1 + needs[action].count + gives[action].count
        }
        steps -= (actions.count - first) / 8
    }

    /// The actions by which every way first comes to where the rest, down to the leaf, costs nothing more.
    private mutating func cut(below leaf: Int) -> [Int] {
        isNear[leaf] = true
        var near = [leaf]
        var edge: [Int] = []
        var next = 0
        while next < near.count {
            let leaf = near[next]
            next += 1
            for item in providers[leaf] {
                let action = providers.items[item]
                guard isReachable(action), !isInCut[action] else { continue }
                let need = dearest[action]
                if residuals[action] > 0 {
                    isInCut[action] = true
                    edge.append(action)
                } else if need != Self.none, !isNear[need] {
                    isNear[need] = true
                    near.append(need)
                }
            }
        }
        let cut = edge.filter { dearest[$0] == Self.none || !isNear[dearest[$0]] }
        for action in edge { isInCut[action] = false }
        for leaf in near { isNear[leaf] = false }
        return cut
    }

    private func isReachable(_ action: Int) -> Bool {
        dearest[action] == Self.none || height[dearest[action]] < Self.unreachable
    }

    /// After `lower`: the actions that a set can only have when it costs so much more than the bound.
    func actions(whereResidualIsAtLeast least: Int) -> [Int] {
        actions.indices.filter { residuals[$0] >= least || !isReachable($0) }.map { actions[$0] }
    }

    /// After `lower`: the actions of an open leaf with the fewest of them left, the most promising first.
    func choices(_ node: PathNode) -> [Int] {
        let leaf = openLeaves.min { providers[$0].count < providers[$1].count }
        let choices = leaf.map { providers[$0].map { providers.items[$0] } } ?? []
        return choices.sorted { (residuals[$0], costs[$0], $0) < (residuals[$1], costs[$1], $1) }.map { actions[$0] }
    }

    /// After `lower`: a whole set, of actions whose costs the bound has used up, without what it can do without.
    func quickSet(_ node: PathNode, steps: inout Int) -> PathFound? {
        var isPicked = Array(repeating: false, count: actions.count)
        var picked: [Int] = []
        var rest = openLeaves
        var isProvided = Array(repeating: false, count: height.count)
        while let leaf = rest.popLast() {
            guard !isProvided[leaf] else { continue }
            let free = providers[leaf].lazy.map { providers.items[$0] }.filter { action in
                residuals[action] == 0 && (dearest[action] == Self.none || height[dearest[action]] == 0)
            }
            guard let action = free.min(by: { (costs[$0], $0) < (costs[$1], $1) }) else { return nil }
            isPicked[action] = true
            picked.append(action)
            for item in gives[action] { isProvided[gives.items[item]] = true }
            for item in needs[action] { rest.append(needs.items[item]) }
        }
        let inOrder = picked.sorted()
        for action in picked.sorted(by: { (-costs[$0], $0) < (-costs[$1], $1) }) {
            isPicked[action] = false
            if !suffices(inOrder, isPicked) { isPicked[action] = true }
            steps -= inOrder.count + height.count / 8
        }
        var found = PathFound(cost: node.cost, chosen: node.chosen)
        for action in inOrder where isPicked[action] {
            found.chosen.insert(actions[action])
            found.cost += costs[action]
        }
        return found
    }

    /// Whether the picked actions, as far as they can be done, reach all open leaves.
    private func suffices(_ inOrder: [Int], _ isPicked: [Bool]) -> Bool {
        var isProvided = Array(repeating: false, count: height.count)
        for action in inOrder where isPicked[action] {
            guard needs[action].allSatisfy({ isProvided[needs.items[$0]] }) else { continue }
            for item in gives[action] { isProvided[gives.items[item]] = true }
        }
        return openLeaves.allSatisfy { isProvided[$0] }
    }
}

/// The cheapest set of actions that brings a check about from what is met now.
///
/// Where several actions provide the same leaf, which of them is cheapest depends on what each still needs, and on
/// what other parts of the way need as well. Finding the best choice is hard in general, so the search is given a
/// number of steps; within them its answer is exact, and it says so. The same plan and facts give the same set.
struct CheapestPath: Hashable, Sendable {
    /// Of the plan's actions.
    let actions: Bits
    /// The sum of their costs.
    let cost: Int
    /// Unmet leaves on the way that no action provides: somebody has to supply them.
    let outside: [Int]
    /// Whether no set is cheaper; otherwise none that was looked at is.
    let isExact: Bool

    /// Enough for the choices of a usual plan; a few milliseconds where it is not.
    static let usualSteps = 80_000

    init(_ graph: PlanGraph, costs: [Int], to goal: Int, met: Bits, steps: Int = usualSteps) {
        let problem = PathProblem(graph, costs: costs, to: goal, met: met)
        var search = PathSearch(problem, steps: steps)
        let found = search.best(problem.start, below: .max)
        let chosen = found?.chosen.members ?? []
        let own = chosen.filter { $0 < costs.count }
        actions = Bits(own, below: costs.count)
        cost = own.reduce(0) { $0 + costs[$1] }
        outside = chosen.filter { $0 >= costs.count }.map { problem.outside[$0 - costs.count] }
        isExact = !search.isExhausted
    }
}

/// What is to be found: a set of actions such that every leaf that the goal needs, or that one of them needs, is
/// provided by one of them. The plan has no circles, so such a set always has an order.
struct PathProblem: Sendable {
    /// Leaves that no action provides. Each has a stand-in behind the plan's actions that provides it and costs more
    /// than all of them, so that it is taken where there is no other way.
    let outside: [Int]
    let costs: [Int]
    let needs: [Bits]
    let gives: [Bits]
    /// The members of `needs` and of `gives`.
    let needLists: IntLists
    let giveLists: IntLists
    let providers: [[Int]]
    /// The place of each in an order in which it comes behind those that provide what it needs.
    let rank: [Int]
    let start: PathNode

    init(_ graph: PlanGraph, costs: [Int], to goal: Int, met: Bits) {
        let count = graph.leafCount
        outside = (0..<count).filter { !met.contains($0) && graph.providers[$0].isEmpty }
        let dear = costs.reduce(1, +)
        self.costs = costs + outside.map { _ in dear }
        needs = graph.actionNeeds.map { $0.subtracting(met) } + outside.map { _ in Bits(below: count) }
        gives =
            graph.actionProvides.map { Bits($0, below: count).subtracting(met) }
            + outside.map { Bits([$0], below: count) }
        needLists = IntLists(needs.lazy.map(\.members))
        giveLists = IntLists(gives.lazy.map(\.members))
        var providers = graph.providers
        for (place, leaf) in outside.enumerated() { providers[leaf] = [costs.count + place] }
        self.providers = providers
        var rank = Array(repeating: 0, count: self.costs.count)
        for (place, action) in graph.actionOrder.enumerated() { rank[action] = place + 1 }
        self.rank = rank
        start = PathNode(
            needed: graph.support[goal].subtracting(met), provided: Bits(below: count),
            banned: Bits(below: self.costs.count), chosen: Bits(below: self.costs.count), cost: 0)
    }
}

/// A place in the search: what was decided, and what follows from it.
struct PathNode: Sendable {
    /// Leaves that every set from here on has to provide.
    var needed: Bits
    var provided: Bits
    /// Actions that no set from here on has.
    var banned: Bits
    var chosen: Bits
    var cost: Int

    var open: Bits { needed.subtracting(provided) }

    /// Whether a leaf has been seen to, or will have to be: whoever needs it as well pays nothing more for it.
    func isSettled(_ leaf: Int) -> Bool { needed.contains(leaf) || provided.contains(leaf) }

    mutating func choose(_ action: Int, in problem: PathProblem) {
        chosen.insert(action)
        cost += problem.costs[action]
        provided.formUnion(problem.gives[action])
        needed.formUnion(problem.needs[action])
    }
}

/// A whole set, and what it costs.
struct PathFound: Sendable {
    var cost: Int
    var chosen: Bits
}

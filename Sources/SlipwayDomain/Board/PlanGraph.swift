/// A plan with numbers in place of names: leaves first, then derived checks, both in the plan's order. Neither checks
/// nor actions go round in a circle.
struct PlanGraph: Sendable {
    static let highestCost = 1_000_000

    let index: [CheckID: Int]
    let leafCount: Int
    /// What each check stands on; nothing for leaves.
    let inputs: [[Int]]
    /// The derived checks, each behind all that it stands on.
    let derivedOrder: [Int]
    /// The leaves that each check stands on in the end; a leaf stands on itself.
    let support: [Bits]
    let actionRequires: [[Int]]
    let actionProvides: [[Int]]
    /// The leaves that must be met before each action.
    let actionNeeds: [Bits]
    /// The actions that provide each leaf.
    let providers: [[Int]]
    /// The actions that each action may have to wait for: those that provide what it needs.
    let earlier: [[Int]]
    /// The actions, each behind all its `earlier` ones.
    let actionOrder: [Int]

    init(leaves: [PlanLeaf], derived: [PlanCheck], actions: [PlanAction]) throws(BoardPlanError) {
        try Self.checkNames(leaves.map(\.id) + derived.map(\.id) + [.cutoverRun], of: "check")
        try Self.checkNames(actions.map(\.id), of: "action")
        var index: [CheckID: Int] = [:]
        for id in leaves.map(\.id) + derived.map(\.id) { index[id] = index.count }
        self.index = index
        leafCount = leaves.count
        var inputs = Array(repeating: [Int](), count: leaves.count)
        for check in derived {
            guard !check.standsOn.isEmpty else { throw .standsOnNothing(check.id) }
            inputs.append(try Self.numbers(check.standsOn, index, namedBy: check.id.rawValue))
        }
        self.inputs = inputs
        switch Self.sorted(count: inputs.count, after: inputs) {
        case .order(let order): derivedOrder = order.filter { $0 >= leaves.count }
        case .cycle(let numbers): throw .checkCycle(numbers.map { derived[$0 - leaves.count].id })
        }
        var support = (0..<inputs.count).map {
            $0 < leaves.count ? Bits([$0], below: leaves.count) : Bits(below: leaves.count)
        }
        for check in derivedOrder {
            for input in inputs[check] { support[check].formUnion(support[input]) }
        }
        self.support = support
        var requires: [[Int]] = []
        var provides: [[Int]] = []
        for action in actions {
            try Self.check(action)
            requires.append(try Self.numbers(action.requires, index, namedBy: action.id.rawValue))
            provides.append(try Self.numbers(action.provides, index, namedBy: action.id.rawValue))
            if let wrong = provides.last?.first(where: { $0 >= leaves.count }) {
                throw .providesDerived(action.id, derived[wrong - leaves.count].id)
            }
        }
        actionRequires = requires
        actionProvides = provides
        actionNeeds = requires.map { checks in
            checks.reduce(into: Bits(below: leaves.count)) { $0.formUnion(support[$1]) }
        }
        var providers = Array(repeating: [Int](), count: leaves.count)
        for (action, given) in provides.enumerated() {
            for leaf in given where providers[leaf].last != action { providers[leaf].append(action) }
        }
        self.providers = providers
        earlier = actionNeeds.map { needs in
            Bits(needs.members.flatMap { providers[$0] }, below: actions.count).members
        }
        switch Self.sorted(count: actions.count, after: earlier) {
        case .order(let order): actionOrder = order
        case .cycle(let numbers): throw .actionCycle(numbers.map { actions[$0].id })
        }
    }

    static func checkNames(_ names: [some PlanName], of part: String) throws(BoardPlanError) {
        var seen: Set<String> = []
        for name in names where name.rawValue.isEmpty || !seen.insert(name.rawValue).inserted {
            throw .name(name.rawValue, of: part)
        }
    }

    private static func check(_ action: PlanAction) throws(BoardPlanError) {
        guard !action.provides.isEmpty else { throw .providesNothing(action.id) }
        guard (1...highestCost).contains(action.cost) else { throw .costOutOfRange(action.id, action.cost) }
        guard (1...2).contains(action.persons) else { throw .personsOutOfRange(action.id, action.persons) }
    }

    private static func numbers(
        _ names: [CheckID], _ index: [CheckID: Int], namedBy place: String
    ) throws(BoardPlanError) -> [Int] {
        var numbers: [Int] = []
        for name in names {
            guard let number = index[name] else { throw .unknownCheck(name, namedBy: place) }
            numbers.append(number)
        }
        return numbers
    }
}

extension PlanGraph {
    private enum Sorted {
        case order([Int])
        /// Each comes after the next, and the last after the first.
        case cycle([Int])
    }

    /// Puts each behind those it comes after. It walks down every way once, with a stack of its own: a plan from a
    /// document may be deeper than the call stack.
    private static func sorted(count: Int, after: [[Int]]) -> Sorted {
        var order: [Int] = []
        var isDone = Array(repeating: false, count: count)
        var isOpen = isDone
        for start in 0..<count where !isDone[start] {
            var path = [(node: start, next: 0)]
            isOpen[start] = true
            while let (node, next) = path.last {
                if next == after[node].count {
                    (isDone[node], isOpen[node]) = (true, false)
                    order.append(node)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let below = after[node][next]
                if isOpen[below] {
                    return .cycle(path.drop { $0.node != below }.map(\.node))
                }
                if !isDone[below] {
                    isOpen[below] = true
                    path.append((below, 0))
                }
            }
        }
        return .order(order)
    }
}

/// Open leaves, and everything that may come to be needed or done for them.
struct PathRegion: Sendable {
    private(set) var openLeaves: Bits
    private(set) var leaves: Bits
    private(set) var actions: Bits

    init(open: [Int], _ problem: PathProblem, _ node: PathNode) {
        let leafCount = problem.providers.count
        openLeaves = Bits(open, below: leafCount)
        leaves = openLeaves
        actions = Bits(below: problem.costs.count)
        var rest = open
        while let leaf = rest.popLast() {
            for action in problem.providers[leaf] where !node.banned.contains(action) && !actions.contains(action) {
                actions.insert(action)
                for need in problem.needs[action].subtracting(node.needed).subtracting(node.provided).members
                where !leaves.contains(need) {
                    leaves.insert(need)
                    rest.append(need)
                }
            }
        }
    }

    func isDisjoint(with other: PathRegion) -> Bool { actions.isDisjoint(with: other.actions) }

    mutating func formUnion(_ other: PathRegion) {
        openLeaves.formUnion(other.openLeaves)
        leaves.formUnion(other.leaves)
        actions.formUnion(other.actions)
    }
}

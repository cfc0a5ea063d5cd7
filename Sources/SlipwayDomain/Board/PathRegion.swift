/// Open leaves, and everything that may come to be needed or done for them.
struct PathRegion: Sendable {
    private(set) var openLeaves: [Int]
    /// The open leaves and those that one of the actions may need.
    private(set) var leaves: [Int]
    private(set) var actions: [Int]

    /// Puts the open leaves of a node into regions that have no action in common.
    static func all(of open: [Int], _ problem: PathProblem, _ node: PathNode) -> [PathRegion] {
        var regions: [PathRegion?] = []
        var placeOfLeaf = Array(repeating: -1, count: problem.providers.count)
        var placeOfAction = Array(repeating: -1, count: problem.costs.count)
        for start in open where placeOfLeaf[start] < 0 {
            var region = PathRegion(openLeaves: [], leaves: [start], actions: [])
            let place = regions.count
            placeOfLeaf[start] = place
            var met: Set<Int> = []
            var next = 0
            while next < region.leaves.count {
                let leaf = region.leaves[next]
                next += 1
                for action in problem.providers[leaf] where !node.banned.contains(action) {
                    guard placeOfAction[action] != place else { continue }
                    guard placeOfAction[action] < 0 else {
                        met.insert(placeOfAction[action])
                        continue
                    }
                    placeOfAction[action] = place
                    region.actions.append(action)
                    for item in problem.needLists[action] {
                        let need = problem.needLists.items[item]
                        guard placeOfLeaf[need] != place, !node.isSettled(need) else { continue }
                        if placeOfLeaf[need] < 0 {
                            placeOfLeaf[need] = place
                            region.leaves.append(need)
                        } else {
                            met.insert(placeOfLeaf[need])
                        }
                    }
                }
            }
            for other in met.sorted() {
                guard let joined = regions[other] else { continue }
                region.leaves += joined.leaves
                region.actions += joined.actions
                regions[other] = nil
                for leaf in joined.leaves { placeOfLeaf[leaf] = place }
                for action in joined.actions { placeOfAction[action] = place }
            }
            regions.append(region)
        }
        for leaf in open { regions[placeOfLeaf[leaf]]?.openLeaves.append(leaf) }
        return regions.compactMap(\.self)
    }
}

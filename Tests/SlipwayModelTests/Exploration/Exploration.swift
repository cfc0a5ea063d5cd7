/// Every world that can come about, breadth first, so that a violation is found by the fewest steps.
struct Exploration {
    private(set) var count = 0
    /// The steps to the first violation, and what it is.
    private(set) var violation: String?
    /// The worlds from which some run can never end any more; empty when none.
    private(set) var stuck: String?

    private var worlds: [World] = []
    private var numbers: [World: Int32] = [:]
    private var origins: [(from: Int32, step: Step)] = []
    private var reversed: [[Int32]] = []

    init(_ flaw: Flaw?, from world: World) {
        add(world, from: -1, by: .start(.none))
        var next = 0
        while next < worlds.count {
            let world = worlds[next]
            if let problem = world.violation {
                violation = trace(to: next) + "\n→ \(problem)"
                break
            }
            for step in world.steps(flaw) {
                let number = add(world.after(step, flaw), from: Int32(next), by: step)
                reversed[Int(number)].append(Int32(next))
            }
            next += 1
        }
        count = worlds.count
        if violation == nil { stuck = firstStuck() }
    }

    @discardableResult
    private mutating func add(_ world: World, from: Int32, by step: Step) -> Int32 {
        if let number = numbers[world] { return number }
        let number = Int32(worlds.count)
        worlds.append(world)
        numbers[world] = number
        origins.append((from, step))
        reversed.append([])
        return number
    }

    /// Goes back from all settled worlds; whoever is not reached can never settle.
    private func firstStuck() -> String? {
        var reaches = worlds.map(\.isSettled)
        var open = worlds.indices.filter { reaches[$0] }
        while let world = open.popLast() {
            for before in reversed[world] where !reaches[Int(before)] {
                reaches[Int(before)] = true
                open.append(Int(before))
            }
        }
        return reaches.firstIndex(of: false).map { trace(to: $0) + "\n→ from here some run can never end" }
    }

    private func trace(to world: Int) -> String {
        var steps: [String] = []
        var at = world
        while origins[at].from >= 0 {
            steps.append("\(origins[at].step)")
            at = Int(origins[at].from)
        }
        return steps.reversed().joined(separator: "\n")
    }
}

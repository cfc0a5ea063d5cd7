/// Looks for one order of a history's exchanges that a sequential gate answers alike, in which none that was answered
/// comes after one that was asked later. After Wing and Gong (1993), with Lowe's memory of what was tried.
struct Linearization {
    private struct Tried: Hashable {
        let taken: UInt64
        let gate: SequentialGate
    }

    private let exchanges: [Exchange]
    private var tried: Set<Tried> = []

    /// Whether there is such an order; at most 64 exchanges.
    static func exists(of exchanges: [Exchange]) -> Bool {
        precondition(exchanges.count <= 64, "a set of exchanges is one word")
        var search = Linearization(exchanges: exchanges.sorted { $0.asked < $1.asked })
        return search.finish(from: 0, SequentialGate())
    }

    private init(exchanges: [Exchange]) {
        self.exchanges = exchanges
    }

    private mutating func finish(from taken: UInt64, _ gate: SequentialGate) -> Bool {
        if taken.nonzeroBitCount == exchanges.count { return true }
        guard tried.insert(Tried(taken: taken, gate: gate)).inserted else { return false }
        let open = exchanges.indices.filter { taken & (1 << UInt64($0)) == 0 }
        // Whoever was asked after another was answered comes after it.
        let firstAnswer = open.map { exchanges[$0].answered }.min() ?? .max
        for index in open where exchanges[index].asked < firstAnswer {
            var next = gate
            guard next.take(exchanges[index].request, exchanges[index].response) else { continue }
            if finish(from: taken | (1 << UInt64(index)), next) { return true }
        }
        return false
    }
}

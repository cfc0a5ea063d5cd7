import SlipwayTesting
import Testing

@testable import SlipwayDomain

/// The bundled journey's work in orders nobody recommended.
@Suite(.timeLimit(.minutes(15))) struct WorkOrderTests {
    @Test func `whatever order the work is done in, it ends in the go`() throws {
        var generator = SeededGenerator(Seed(7))
        var orders: Set<[Int]> = []
        for _ in 0..<2_000 {
            var facts = BoardPlan.seedFacts
            var order: [Int] = []
            while order.count <= 23 {
                let readings = Dictionary(uniqueKeysWithValues: facts.map { ($0, FactReading(.ready)) })
                let standing = Standing(.bundled, readings: readings, at: Board.noon)
                if standing.holds("production.GO") { break }
                let action = try #require(standing.frontier.randomElement(using: &generator))
                facts.formUnion(BoardPlan.bundled.actions[action].provides)
                order.append(action)
            }
            #expect(order.count == 23)
            orders.insert(order)
        }
        #expect(orders.count > 1_900)
    }
}

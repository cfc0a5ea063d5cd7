import SlipwayDomain
import SlipwayTesting
import Testing

/// Boards that are computed again from what was stored of them.
@Suite(.timeLimit(.minutes(15))) struct StoredBoardTests {
    @Test func `a thousand stored inputs give the same bytes and the same board again`() throws {
        var generator = SeededGenerator(Seed(1_000))
        var states: Set<String> = []
        for number in 0..<1_000 {
            let inputs = try BoardInputs.random(number, using: &generator)
            let bytes = try inputs.json.canonicalBytes
            let again = try BoardInputs(canonical: bytes)
            #expect(again == inputs)
            #expect(try again.json.canonicalBytes == bytes)
            let (first, second) = (try inputs.board(), try again.board())
            #expect(first == second)
            #expect(try first.json.canonicalBytes == second.json.canonicalBytes)
            states.formUnion(first.checks.map(\.state.word))
        }
        #expect(states.count == 10, "every state there is was seen: \(states)")
    }
}

extension BoardInputs {
    /// Every other one with a plan of its own, every reading in any state.
    fileprivate static func random(_ number: Int, using generator: inout SeededGenerator) throws -> BoardInputs {
        let own = number.isMultiple(of: 2)
        let plan = own ? try BoardPlan.generated(actions: 6, using: &generator) : .bundled
        var readings: [CheckID: FactReading] = [:]
        for leaf in plan.leaves where Int.random(in: 0..<10, using: &generator) > 0 {
            readings[leaf.id] = FactReading.random(using: &generator)
        }
        if Bool.random(using: &generator) { readings[.cutoverRun] = FactReading.random(using: &generator) }
        if number % 5 == 0 { readings["nobody's \"ключ\"\n"] = FactReading.random(using: &generator) }
        return BoardInputs(
            plan: own ? .whole(plan) : .named("db-auth", version: 1), readings: readings,
            at: Board.noon.advanced(seconds: Int64.random(in: -5...5, using: &generator)))
    }
}

extension FactReading {
    fileprivate static func random(using generator: inout SeededGenerator) -> FactReading {
        func moment() -> Timestamp { Board.noon.advanced(seconds: Int64.random(in: -5...5, using: &generator)) }
        func text() -> String { ["", "зачекай", "a \"b\" \\ c\u{1}", "😀"].randomElement(using: &generator) ?? "" }
        let states: [FactState] = [
            .notStarted, .inProgress, .ready, .ready, .ready, .failed(text()), .stale(text()), .unknown(text()),
            .rejected(text()), .notApplicable(reason: text()), .waived(by: text(), reason: text(), until: moment()),
        ]
        return FactReading(
            states.randomElement(using: &generator) ?? .ready, measure: Bool.random(using: &generator) ? text() : nil,
            evidence: Bool.random(using: &generator) ? Digest(sha256Of: text().utf8) : nil,
            at: Bool.random(using: &generator) ? moment() : nil,
            expires: Bool.random(using: &generator) ? moment() : nil)
    }
}

import SlipwayDomain
import SlipwayTesting
import Testing

/// Boards and what they are computed from, as documents.
@Suite(.timeLimit(.minutes(15))) struct BoardDocumentTests {
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

    @Test func `the bundled plan is the same when it is stored whole`() throws {
        let readings = Dictionary(uniqueKeysWithValues: BoardPlan.seedFacts.map { ($0, FactReading(.ready)) })
        let whole = BoardInputs(plan: .whole(.bundled), readings: readings, at: Board.noon)
        let read = try BoardInputs(canonical: try whole.json.canonicalBytes)
        #expect(read == whole)
        let named = BoardInputs(plan: .named("db-auth", version: 1), readings: readings, at: Board.noon)
        #expect(try read.board().json.canonicalBytes == named.board().json.canonicalBytes)
    }

    @Test func `the board of the demo is as recorded`() throws {
        expectSnapshot(Board.bundled(BoardPlan.seedFacts).json.lines, named: "board-seed")
    }

    @Test(arguments: [
        #"{}"#, #"[]"#, #"{"atMicroseconds":"1","plan":{"name":"db-auth","version":1}}"#,
        #"{"atMicroseconds":1,"plan":{"name":"db-auth","version":1},"readings":{}}"#,
        #"{"atMicroseconds":"soon","plan":{"name":"db-auth","version":1},"readings":{}}"#,
        #"{"atMicroseconds":"1","plan":{"name":"db-auth"},"readings":{}}"#,
        #"{"atMicroseconds":"1","plan":{"name":"db-auth","version":1},"readings":{"a":{"state":"done"}}}"#,
        #"{"atMicroseconds":"1","plan":{"name":"db-auth","version":1},"readings":{"a":{"state":"failed"}}}"#,
        #"{"atMicroseconds":"1","plan":{"name":"db-auth","version":1},"readings":{"a":{"evidence":"x","state":"ready"}}}"#,
        // The same said in other bytes, and something said besides.
        #"{"atMicroseconds":"+1","plan":{"name":"db-auth","version":1},"readings":{}}"#,
        #"{"atMicroseconds":"1", "plan":{"name":"db-auth","version":1},"readings":{}}"#,
        #"{"atMicroseconds":"1","extra":1,"plan":{"name":"db-auth","version":1},"readings":{}}"#,
        #"{"atMicroseconds":"1","plan":{"leaves":[],"name":"p","version":1},"readings":{}}"#,
    ])
    func `what is not the inputs of a board is refused`(text: String) {
        #expect(throws: BoardDocumentFault.self) { try BoardInputs(canonical: Array(text.utf8)) }
    }

    @Test func `a plan that is not here is refused by its name`() throws {
        let inputs = BoardInputs(plan: .named("db-auth", version: 9), readings: [:], at: Board.noon)
        let fault = #expect(throws: BoardDocumentFault.self) { try inputs.board() }
        #expect(fault?.description == "there is no plan 'db-auth' of version 9 here")
    }

    @Test(arguments: [Int64.min, -1, 0, Int64.max])
    func `a board can be of any moment there is`(microseconds: Int64) throws {
        let inputs = BoardInputs(
            plan: .named("db-auth", version: 1), readings: ["dec.adapter": FactReading(.ready)],
            at: Timestamp(microseconds: microseconds))
        let read = try BoardInputs(canonical: try inputs.json.canonicalBytes)
        #expect(read == inputs)
        #expect(try !inputs.board().json.canonicalBytes.isEmpty)
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

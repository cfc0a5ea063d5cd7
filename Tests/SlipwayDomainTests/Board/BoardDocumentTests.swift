import SlipwayDomain
import SlipwayTesting
import Testing

/// Boards and what they are computed from, as documents.
@Suite(.timeLimit(.minutes(15))) struct BoardDocumentTests {
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

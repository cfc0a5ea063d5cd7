import SlipwayDomain
import Testing

/// Writes as they are decided, without a database.
@Suite(.timeLimit(.minutes(15))) struct ScenarioLedgerTests {
    private static let now = Timestamp(microseconds: 1_700_000_000_000_000)

    private static func ledger(_ rows: [ScenarioRow] = []) -> ScenarioLedger {
        ScenarioLedger(
            rows.map { (.orders, $0) }, last: [.orders: rows.map(\.sequence).max() ?? 0, .auditEvents: 7], at: now)
    }

    private static func draft(_ id: String, _ payload: JSONValue = ["n": 1]) throws -> ScenarioDraft {
        try ScenarioDraft(id: id, payload: ScenarioPayload(payload))
    }

    private static func row(
        _ id: String, _ payload: JSONValue = ["n": 1], version: Int64 = 1, sequence: Int64 = 4, by actor: String = "ann"
    ) throws -> ScenarioRow {
        ScenarioRow(
            id: id, version: version, sequence: sequence, payload: try ScenarioPayload(payload), actor: actor,
            writtenAt: Timestamp(microseconds: 5))
    }

    private static func append(_ drafts: [ScenarioDraft], by actor: String = "ann", ownOnly: Bool = false) throws
        -> ScenarioWrite
    {
        try ScenarioWrite(.append(drafts), to: .orders, by: actor, as: "dispatcher", isOwnOnly: ownOnly)
    }

    private static func update(
        _ draft: ScenarioDraft, in versions: Set<Int64>?, by actor: String = "ann", ownOnly: Bool = false
    ) throws -> ScenarioWrite {
        try ScenarioWrite(.update(draft, in: versions), to: .orders, by: actor, as: nil, isOwnOnly: ownOnly)
    }

    @Test func `new rows get the next sequences, and the write one audit event`() throws {
        var ledger = Self.ledger()
        let answer = ledger.take(try Self.append([Self.draft("a"), Self.draft("b")]))
        #expect(answer.rows?.map(\.sequence) == [1, 2])
        #expect(answer.rows?.map(\.version) == [1, 1])
        #expect(answer.written == 2)
        let events = ledger.changes.filter { $0.collection == .auditEvents }
        #expect(events.map(\.row.id) == ["event-8"])
        #expect(events.first?.row.actor == "ann")
        #expect(
            events.first?.row.payload.text
                == #"{"action":"orders.append","first":"a","last":"b","role":"dispatcher","rows":2,"sequence":2}"#)
    }

    @Test func `what is there already is answered as it is, and nothing is written`() throws {
        let row = try Self.row("a")
        var ledger = Self.ledger([row])
        let answer = ledger.take(try Self.append([Self.draft("a")], by: "olena"))
        #expect(answer == ScenarioAnswer(outcomes: [.stored(row)], written: 0))
        #expect(ledger.changes.isEmpty)
    }

    @Test func `another payload under the same id is a conflict that holds the whole write back`() throws {
        var ledger = Self.ledger([try Self.row("a", ["n": 2], version: 3)])
        let answer = ledger.take(try Self.append([Self.draft("b"), Self.draft("a")]))
        #expect(answer.outcomes == [.held(id: "b"), .conflict(id: "a", version: 3)])
        #expect(answer.written == 0 && answer.rows == nil)
        #expect(ledger.changes.isEmpty)
    }

    @Test func `one write may name a row twice, as long as it says the same of it`() throws {
        var same = Self.ledger()
        #expect(same.take(try Self.append([Self.draft("a"), Self.draft("a")])).written == 1)
        var other = Self.ledger()
        let answer = other.take(try Self.append([Self.draft("a"), Self.draft("a", ["n": 9])]))
        #expect(answer.outcomes == [.held(id: "a"), .conflict(id: "a", version: 1)])
        #expect(other.changes.isEmpty)
    }

    @Test func `writes that share a transaction see each other`() throws {
        var ledger = Self.ledger()
        let first = ledger.take(try Self.append([Self.draft("a")]))
        #expect(ledger.take(try Self.append([Self.draft("a")])) == ScenarioAnswer(outcomes: first.outcomes, written: 0))
        let changed = ledger.take(try Self.update(Self.draft("a", ["n": 2]), in: [1]))
        #expect(changed.rows?.first?.version == 2)
        let change = try #require(ledger.changes.first { $0.collection == .orders })
        #expect(change.previous == nil, "the row is new to the database, whatever was done to it here")
        #expect(change.row.version == 2 && change.row.sequence == 2)
        #expect(ledger.changes.filter { $0.collection == .auditEvents }.count == 2)
    }

    @Test func `a row is changed in the version that was read, and in no other`() throws {
        var ledger = Self.ledger([try Self.row("a", version: 2)])
        let late = ledger.take(try Self.update(Self.draft("a", ["n": 2]), in: [1]))
        #expect(late.outcomes == [.conflict(id: "a", version: 2)])
        #expect(ledger.changes.isEmpty)
        let timely = ledger.take(try Self.update(Self.draft("a", ["n": 2]), in: [2], by: "olena"))
        let row = try #require(timely.rows?.first)
        #expect(row.version == 3 && row.sequence == 5, "it moves to the end, where readers who follow find it")
        #expect(row.actor == "ann", "it stays the row of who appended it")
        #expect(row.writtenAt == Self.now)
        let again = ledger.take(try Self.update(Self.draft("a", ["n": 2]), in: [2]))
        #expect(again == ScenarioAnswer(outcomes: [.stored(row)], written: 0), "the answer was lost on its way")
        #expect(ledger.take(try Self.update(Self.draft("z"), in: nil)).outcomes == [.absent(id: "z")])
    }

    @Test func `who sees their own rows alone learns nothing of others'`() throws {
        var ledger = Self.ledger([try Self.row("a", by: "ann")])
        let append = ledger.take(try Self.append([Self.draft("a")], by: "ben", ownOnly: true))
        #expect(append.outcomes == [.conflict(id: "a", version: nil)])
        let update = ledger.take(try Self.update(Self.draft("a"), in: nil, by: "ben", ownOnly: true))
        #expect(update.outcomes == [.absent(id: "a")])
        #expect(ledger.take(try Self.append([Self.draft("a")], by: "ann", ownOnly: true)).rows?.count == 1)
    }

    @Test func `an accent in one scalar or in two is another payload`() throws {
        var ledger = Self.ledger([try Self.row("a", ["name": "\u{E9}"])])
        let answer = ledger.take(try Self.append([Self.draft("a", ["name": "e\u{301}"])]))
        #expect(answer.outcomes == [.conflict(id: "a", version: 1)])
        #expect(ScenarioTenant("\u{E9}") != ScenarioTenant("e\u{301}"))
    }

    @Test(arguments: [
        "", "-a", ".", "a b", "a/b", "ä", "a\u{0}", "a\n", "a'", String(repeating: "a", count: 129), "a\u{301}",
    ])
    func `an id that could be read as something else is refused`(_ id: String) throws {
        let payload = try ScenarioPayload([:])
        #expect(throws: ScenarioRefusal.rowID) { try ScenarioDraft(id: id, payload: payload) }
    }

    @Test func `a payload is an object with a canonical form of a bounded length`() throws {
        #expect(throws: ScenarioRefusal.payloadIsNoObject) { try ScenarioPayload([1, 2]) }
        let room = ScenarioPayload.longest - #"{"a":""}"#.utf8.count
        _ = try ScenarioPayload(["a": .string(String(repeating: "x", count: room))])
        #expect(throws: ScenarioRefusal.payloadTooLong(bytes: ScenarioPayload.longest + 1)) {
            try ScenarioPayload(["a": .string(String(repeating: "x", count: room + 1))])
        }
        #expect(throws: ScenarioRefusal.self) { try ScenarioPayload(["a": .integer(.max)]) }
        #expect(throws: ScenarioRefusal.self) { try ScenarioPayload(["a": .double(.infinity)]) }
        for number in [0x1p53 + 2, -1e17, 9.99e20] {
            #expect(throws: ScenarioRefusal.self) { try ScenarioPayload(["a": [.double(number)]]) }
        }
        for number in [0x1p53, 1e21, -.leastNonzeroMagnitude, 0.1, .greatestFiniteMagnitude] {
            let payload = try ScenarioPayload(["a": ["b": .double(number)]])
            #expect(try ScenarioPayload(JSONValue(parsing: Array(payload.text.utf8))) == payload, "\(number)")
        }
        #expect(try ScenarioPayload(["b": 1, "a": "\u{0}'\"\\"]).text == #"{"a":"\u0000'\"\\","b":1}"#)
    }

    @Test func `a write has a thousand rows at most, and somebody who writes it`() throws {
        let rows = try (0...ScenarioWrite.mostRows).map { try Self.draft("r\($0)") }
        #expect(throws: ScenarioRefusal.rowCount(1001)) { try Self.append(rows) }
        #expect(throws: ScenarioRefusal.rowCount(0)) { try Self.append([]) }
        for actor in ["", "a\u{0}b", "a\u{7F}", String(repeating: "é", count: 65)] {
            #expect(throws: ScenarioRefusal.actor) { try Self.append([Self.draft("a")], by: actor) }
        }
    }
}

import SlipwayDomain
import Testing

/// The one form a snapshot has, and what is not one.
@Suite(.timeLimit(.minutes(15))) struct ScenarioSnapshotTests {
    /// A snapshot of one order and one audit event, as a file.
    private static func file(label: String? = nil) throws -> [UInt8] {
        var text = ScenarioSnapshotText(of: .demo)
        var bytes = try text.opening([ScenarioClaim(.marek)])
        for collection in ScenarioCollection.counted {
            bytes += text.collection(collection)
            if collection == .orders {
                bytes += try text.row(row("order.1", ["note": "\u{1F}ż\"", "price": .double(12.5)]))
            }
            if collection == .auditEvents { bytes += try text.row(row("event-3", ["rows": 1])) }
        }
        bytes += try text.closing()
        return ScenarioEnvelope.opening(legacyChecksum: label) + bytes
            + ScenarioEnvelope.closing(text.summary.digest)
    }

    private static func row(_ id: String, _ payload: JSONValue) throws -> ScenarioRow {
        ScenarioRow(
            id: id, version: 2, sequence: 3, payload: try ScenarioPayload(payload), actor: ScenarioActor.marek.id,
            writtenAt: Timestamp(microseconds: 1_700_000_000_123_456))
    }

    @Test func `the frozen payload is canonical JSON with nothing in it of the export`() throws {
        let file = try Self.file()
        let json = try JSONValue(parsing: file)
        let snapshot = try #require(json["snapshot"])
        #expect(try json.canonicalBytes == file)
        #expect(
            snapshot.objectValue?.keys.sorted() == [
                "actors", "collections", "counts", "rows", "schema", "session", "tenant",
            ])
        #expect(snapshot["schema"] == "BFGScenarioSnapshot.v1" && snapshot["session"] == "grant-demo-local")
        #expect(snapshot["rows"] == 2, "an actor is no row")
        #expect(snapshot["counts"]?["orders"] == 1 && snapshot["counts"]?["payments"] == 0)
        #expect(
            snapshot["collections"]?["orders"] == [
                [
                    "actor": "user_dispatcher_marek", "id": "order.1",
                    "payload": ["note": "\u{1F}ż\"", "price": .double(12.5)],
                    "sequence": 3, "version": 2, "writtenAt": "2023-11-14T22:13:20.123456Z",
                ]
            ])
        let digest = Digest(sha256Of: try snapshot.canonicalBytes)
        #expect(json["snapshot_digest"] == .string("sha256:" + digest.hex))
    }

    @Test func `what was written is read back, and writes the same bytes`() throws {
        let file = try Self.file(label: "bfg-eba94650")
        let envelope = try ScenarioEnvelope(parsing: file)
        #expect(envelope.legacyChecksum == "bfg-eba94650")
        #expect(envelope.snapshot.rows[.orders]?.map(\.id) == ["order.1"])
        #expect(envelope.snapshot.summary.rows == 2)
        let bytes = try envelope.snapshot.bytes
        #expect(Digest(sha256Of: bytes) == envelope.snapshot.summary.digest)
        #expect(
            ScenarioEnvelope.opening(legacyChecksum: "bfg-eba94650") + bytes
                + ScenarioEnvelope.closing(envelope.snapshot.summary.digest) == file)
        _ = try ScenarioEnvelope(parsing: file + [0x0A])
    }

    @Test func `a label of an earlier tool is kept and compared with nothing`() throws {
        for label in ["bfg-eba94650", "bfg-feb1d61b"] {
            let envelope = try ScenarioEnvelope(parsing: Self.file(label: label))
            #expect(envelope.legacyChecksum == label)
            #expect(
                try envelope.snapshot.summary.digest == ScenarioEnvelope(parsing: Self.file()).snapshot.summary.digest)
        }
        for label in ["eba94650", "bfg-eba9465", "bfg-eba9465g", "BFG-eba94650"] {
            #expect(throws: ScenarioSnapshotFault.label) { try ScenarioEnvelope(parsing: Self.file(label: label)) }
        }
    }

    @Test func `a file with any one bit turned is refused`() throws {
        let file = try Self.file()
        for position in file.indices {
            for bit in 0..<8 {
                var changed = file
                changed[position] ^= 1 << bit
                #expect(throws: ScenarioSnapshotFault.self, "bit \(bit) of byte \(position)") {
                    try ScenarioEnvelope(parsing: changed)
                }
            }
        }
    }

    @Test func `a file that was cut off anywhere is refused`() throws {
        let file = try Self.file()
        for length in 0..<file.count {
            #expect(throws: ScenarioSnapshotFault.self) { try ScenarioEnvelope(parsing: Array(file.prefix(length))) }
        }
    }

    /// Changes the snapshot of a file and gives the file a digest that fits.
    private static func forged(_ change: (inout [String: JSONValue]) -> Void) throws -> JSONValue {
        var members = try #require(try JSONValue(parsing: file())["snapshot"]?.objectValue)
        change(&members)
        let digest = Digest(sha256Of: try JSONValue.object(members).canonicalBytes)
        return ["snapshot": .object(members), "snapshot_digest": .string("\(digest)")]
    }

    private static func collections(_ name: String, _ rows: [JSONValue]) throws -> JSONValue {
        var collections = try #require(try JSONValue(parsing: file())["snapshot"]?["collections"]?.objectValue)
        collections[name] = .array(rows)
        return .object(collections)
    }

    @Test func `a digest that fits does not make a snapshot of what is none`() throws {
        let row = try #require(
            try JSONValue(parsing: Self.file())["snapshot"]?["collections"]?["orders"]?.arrayValue?[0])
        var second = try #require(row.objectValue)
        second["id"] = "order.0"
        second["sequence"] = 9
        let swapped = try Self.collections("orders", [row, .object(second)])
        var twin = second
        twin["id"] = "order.2"
        twin["sequence"] = 3
        let sameSequence = try Self.collections("orders", [row, .object(twin)])
        var stranger = second
        stranger["id"] = "../../etc"
        let badID = try Self.collections("orders", [.object(stranger)])
        var event = second
        event["id"] = "event-10"
        let wrongEvent = try Self.collections("audit_events", [.object(event)])
        #expect(throws: ScenarioSnapshotFault.collection(.orders)) {
            try ScenarioEnvelope(Self.forged { $0["collections"] = swapped })
        }
        #expect(throws: ScenarioSnapshotFault.collection(.orders)) {
            try ScenarioEnvelope(Self.forged { $0["collections"] = sameSequence })
        }
        #expect(throws: ScenarioSnapshotFault.row(.orders, number: 1)) {
            try ScenarioEnvelope(Self.forged { $0["collections"] = badID })
        }
        #expect(throws: ScenarioSnapshotFault.row(.auditEvents, number: 1)) {
            try ScenarioEnvelope(Self.forged { $0["collections"] = wrongEvent })
        }
        #expect(throws: ScenarioSnapshotFault.form) { try ScenarioEnvelope(Self.forged { $0["rows"] = 3 }) }
        #expect(throws: ScenarioSnapshotFault.form) { try ScenarioEnvelope(Self.forged { $0["exportedAt"] = "now" }) }
        #expect(throws: ScenarioSnapshotFault.schema) { try ScenarioEnvelope(Self.forged { $0["schema"] = "v2" }) }
        #expect(throws: ScenarioSnapshotFault.session) { try ScenarioEnvelope(Self.forged { $0["session"] = "" }) }
        #expect(throws: ScenarioSnapshotFault.tenant) { try ScenarioEnvelope(Self.forged { $0["tenant"] = "" }) }
        #expect(throws: ScenarioSnapshotFault.actors) { try ScenarioEnvelope(Self.forged { $0["actors"] = [1] }) }
    }

    @Test func `a moment is read in the form in which it is written, and in no other`() {
        for microseconds: Int64 in [0, 1, 1_700_000_000_123_456, -1, 253_402_300_799_999_999] {
            let moment = Timestamp(microseconds: microseconds)
            #expect(Timestamp(rfc3339: moment.rfc3339) == moment)
        }
        for text in [
            "", "2023-11-14T22:13:20Z", "2023-11-14T22:13:20.12345Z", "2023-11-14T24:00:00.000000Z",
            "2023-02-30T00:00:00.000000Z", "2023-11-14T22:13:20.123456+00:00", "2023-11-14 22:13:20.123456Z",
        ] {
            #expect(Timestamp(rfc3339: text) == nil, "\(text)")
        }
    }
}

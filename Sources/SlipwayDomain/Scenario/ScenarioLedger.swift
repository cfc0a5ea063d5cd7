/// Decides writes of one tenant, one after the other, over the rows they are about. It reads no database: whoever has
/// one hands in the rows and the last sequences, and stores what `changes` says afterwards.
package struct ScenarioLedger {
    private struct Key: Hashable {
        let collection: ScenarioCollection
        let id: String
    }

    /// A row to be stored; `previous` is the version it takes the place of, nil for a new row.
    package struct Change: Hashable, Sendable {
        package let collection: ScenarioCollection
        package let row: ScenarioRow
        package let previous: Int64?
    }

    private let now: Timestamp
    private var rows: [Key: ScenarioRow]
    private var last: [ScenarioCollection: Int64]
    /// The version each changed row has in the database; nil within for a row that is new.
    private var stored: [Key: Int64?] = [:]
    private var order: [Key] = []

    /// `last` is the highest sequence of each collection that is written, that of the audit events included.
    package init(
        _ rows: [(ScenarioCollection, ScenarioRow)], last: [ScenarioCollection: Int64], at now: Timestamp
    ) {
        self.now = now
        self.last = last
        self.rows = Dictionary(
            rows.map { (Key(collection: $0, id: $1.id), $1) }, uniquingKeysWith: { first, _ in first })
    }

    /// What is to be stored, each row once and in its newest version, in the order in which rows were first written.
    package var changes: [Change] {
        order.compactMap { key in
            rows[key].map { Change(collection: key.collection, row: $0, previous: stored[key] ?? nil) }
        }
    }

    /// Takes a write on, or leaves everything as it is and says what stood in the way. What wrote a row leaves an audit
    /// event; what was written before leaves none.
    package mutating func take(_ write: ScenarioWrite) -> ScenarioAnswer {
        var draftOfWrite = self
        let outcomes =
            switch write.change {
            case .append(let drafts): drafts.map { draftOfWrite.append($0, write) }
            case .update(let draft, let versions): [draftOfWrite.update(draft, in: versions, write)]
            }
        let written = draftOfWrite.writes - writes
        guard outcomes.allSatisfy(\.isStored) else {
            return ScenarioAnswer(outcomes: outcomes.map(\.withoutStoring), written: 0)
        }
        if written > 0 {
            draftOfWrite.addAuditEvent(of: write, written)
            self = draftOfWrite
        }
        return ScenarioAnswer(outcomes: outcomes, written: written)
    }

    /// How many rows were written, a row that was written twice counted twice.
    private var writes = 0

    private mutating func append(_ draft: ScenarioDraft, _ write: ScenarioWrite) -> ScenarioOutcome {
        let key = Key(collection: write.collection, id: draft.id)
        guard let row = rows[key] else {
            return .stored(put(draft.payload, under: key, version: 1, by: write.actor))
        }
        guard write.maySee(row) else { return .conflict(id: draft.id, version: nil) }
        return row.payload == draft.payload ? .stored(row) : .conflict(id: draft.id, version: row.version)
    }

    /// A change that was made already, whose answer was lost on its way, is answered as it was the first time.
    private mutating func update(
        _ draft: ScenarioDraft, in versions: Set<Int64>?, _ write: ScenarioWrite
    ) -> ScenarioOutcome {
        let key = Key(collection: write.collection, id: draft.id)
        guard let row = rows[key], write.maySee(row) else { return .absent(id: draft.id) }
        let isSame = row.payload == draft.payload
        if isSame, versions?.contains(row.version - 1) ?? true { return .stored(row) }
        guard versions?.contains(row.version) ?? true else { return .conflict(id: draft.id, version: row.version) }
        return isSame ? .stored(row) : .stored(put(draft.payload, under: key, version: row.version + 1, by: row.actor))
    }

    private mutating func put(
        _ payload: ScenarioPayload, under key: Key, version: Int64, by actor: String
    ) -> ScenarioRow {
        let sequence = (last[key.collection] ?? 0) + 1
        last[key.collection] = sequence
        if stored[key] == nil {
            stored[key] = .some(rows[key]?.version)
            order.append(key)
        }
        let row = ScenarioRow(
            id: key.id, version: version, sequence: sequence, payload: payload, actor: actor, writtenAt: now)
        rows[key] = row
        writes += 1
        return row
    }

    private mutating func addAuditEvent(of write: ScenarioWrite, _ written: Int) {
        let (first, last) = (write.drafts.first?.id ?? "", write.drafts.last?.id ?? "")
        let event: JSONValue = [
            "action": .string(write.action), "first": .string(first), "last": .string(last),
            "role": write.role.map(JSONValue.string) ?? .null, "rows": .integer(Int64(written)),
            "sequence": .integer(self.last[write.collection] ?? 0),
        ]
        guard let payload = try? ScenarioPayload(event) else { preconditionFailure("an audit event is a small object") }
        let number = (self.last[.auditEvents] ?? 0) + 1
        _ = put(payload, under: Key(collection: .auditEvents, id: "event-\(number)"), version: 1, by: write.actor)
    }
}

extension ScenarioWrite {
    fileprivate func maySee(_ row: ScenarioRow) -> Bool {
        !isOwnOnly || ScenarioText.areSame(row.actor, actor)
    }
}

extension ScenarioOutcome {
    fileprivate var isStored: Bool {
        if case .stored = self { true } else { false }
    }

    /// The same where nothing of the write was stored.
    fileprivate var withoutStoring: ScenarioOutcome {
        if case .stored(let row) = self { .held(id: row.id) } else { self }
    }
}

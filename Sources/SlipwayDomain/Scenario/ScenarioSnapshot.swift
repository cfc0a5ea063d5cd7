/// A whole snapshot in memory: what an import reads, once every part of it holds.
package struct ScenarioSnapshot: Hashable, Sendable {
    package let tenant: ScenarioTenant
    package let actors: [ScenarioClaim]
    package let rows: [ScenarioCollection: [ScenarioRow]]
    package let summary: ScenarioSnapshotSummary

    /// Reads a snapshot's JSON. Throws what is wrong with it first; one that is read has exactly one form, and
    /// `summary.digest` is of that.
    package init(_ json: JSONValue) throws(ScenarioSnapshotFault) {
        guard json["schema"] == .string(ScenarioSnapshotText.schema) else { throw .schema }
        guard json["session"] == .string(ScenarioGenerator.sessionName) else { throw .session }
        guard let tenant = json["tenant"]?.stringValue.flatMap(ScenarioTenant.init) else { throw .tenant }
        self.tenant = tenant
        actors = try Self.actors(json["actors"])
        rows = try Self.rows(json["collections"])
        let own = try Self.form(tenant, actors, rows)
        summary = own.summary
        // Whatever else stood there, or stood there in another way, would not be in the store afterwards.
        guard (try? json.canonicalBytes) == own.bytes else { throw .form }
    }

    /// The frozen payload's bytes.
    package var bytes: [UInt8] {
        get throws(ScenarioSnapshotFault) { try Self.form(tenant, actors, rows).bytes }
    }

    private static func form(
        _ tenant: ScenarioTenant, _ actors: [ScenarioClaim], _ rows: [ScenarioCollection: [ScenarioRow]]
    ) throws(ScenarioSnapshotFault) -> (bytes: [UInt8], summary: ScenarioSnapshotSummary) {
        var text = ScenarioSnapshotText(of: tenant)
        do {
            var bytes = try text.opening(actors)
            for collection in ScenarioCollection.counted {
                bytes += text.collection(collection)
                for row in rows[collection] ?? [] { bytes += try text.row(row) }
            }
            bytes += try text.closing()
            return (bytes, text.summary)
        } catch {
            throw .form
        }
    }

    private static func actors(_ json: JSONValue?) throws(ScenarioSnapshotFault) -> [ScenarioClaim] {
        guard let items = json?.arrayValue else { throw .actors }
        let claims = items.compactMap(ScenarioClaim.init)
        guard claims.count == items.count, isInOrder(claims.map(\.id)) else { throw .actors }
        return claims
    }

    private static func rows(
        _ json: JSONValue?
    ) throws(ScenarioSnapshotFault) -> [ScenarioCollection: [ScenarioRow]] {
        var rows: [ScenarioCollection: [ScenarioRow]] = [:]
        for collection in ScenarioCollection.counted {
            guard let items = json?[collection.rawValue]?.arrayValue else { throw .collection(collection) }
            var read: [ScenarioRow] = []
            for item in items {
                guard let row = ScenarioRow(item), collection != .auditEvents || row.id == "event-\(row.sequence)"
                else { throw .row(collection, number: read.count + 1) }
                read.append(row)
            }
            guard isInOrder(read.map(\.id)), Set(read.map(\.sequence)).count == read.count else {
                throw .collection(collection)
            }
            rows[collection] = read
        }
        return rows
    }

    /// Each once, by their bytes.
    private static func isInOrder(_ ids: [String]) -> Bool {
        zip(ids, ids.dropFirst()).allSatisfy(ScenarioText.precedes)
    }
}

extension ScenarioRow {
    private static let highest: Int64 = (1 << 53) - 1

    /// Reads a row of a snapshot; nil for what is none.
    fileprivate init?(_ json: JSONValue) {
        guard let id = json["id"]?.stringValue, let actor = json["actor"]?.stringValue, ScenarioText.isName(actor),
            let version = json["version"]?.integerValue, (1...Self.highest).contains(version),
            let sequence = json["sequence"]?.integerValue, (1...Self.highest).contains(sequence),
            let writtenAt = json["writtenAt"]?.stringValue.flatMap(Timestamp.init(rfc3339:)),
            let value = json["payload"], let payload = try? ScenarioPayload(value),
            let draft = try? ScenarioDraft(id: id, payload: payload)
        else { return nil }
        self.init(
            id: draft.id, version: version, sequence: sequence, payload: payload, actor: actor, writtenAt: writtenAt)
    }
}

/// Why something is not a snapshot that can be taken in.
package enum ScenarioSnapshotFault: Error, Hashable, Sendable, CustomStringConvertible {
    case json(String)
    case envelope
    case schema
    case session
    case tenant
    case actors
    case collection(ScenarioCollection)
    case row(ScenarioCollection, number: Int)
    case form
    case digest(stated: String, computed: Digest)
    case label

    package var description: String {
        switch self {
        case .json(let why): "the snapshot is \(why)"
        case .envelope:
            "a snapshot travels as a JSON object of snapshot, snapshot_digest and, when it has one, legacy_checksum, in "
                + "canonical form and with nothing else"
        case .schema: "schema is not \(ScenarioSnapshotText.schema)"
        case .session: "session is not \(ScenarioGenerator.sessionName)"
        case .tenant: "tenant is not the name of a tenant"
        case .actors: "actors is not a list of actors by id"
        case .collection(let collection):
            "\(collection.rawValue) is not a list of rows by id, each with its own sequence"
        case .row(let collection, let number): "row \(number) of \(collection.rawValue) is not a row"
        case .form: "the snapshot holds something that is no part of it, or counts that are not its rows'"
        case .digest(let stated, let computed):
            "snapshot_digest is \(stated), and the snapshot's is \(computed): it was changed, or cut off"
        case .label: "legacy_checksum is not bfg- and eight hex digits"
        }
    }
}

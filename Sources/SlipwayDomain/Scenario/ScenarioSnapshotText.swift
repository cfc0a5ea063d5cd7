/// Writes a snapshot piece by piece, in the one form it has: canonical JSON, of which the digest is taken as it is written,
/// so that no more than a row has to be in memory at a time.
///
/// `opening`, then for each collection of `ScenarioCollection.counted`, in order, `collection` and its rows by id; `closing`.
package struct ScenarioSnapshotText {
    package static let schema = "BFGScenarioSnapshot.v1"

    private let tenant: ScenarioTenant
    private var digest = DigestBuilder()
    private var counts: [ScenarioCollection: Int] = [:]
    private var current: ScenarioCollection?

    package init(of tenant: ScenarioTenant) {
        self.tenant = tenant
    }

    package mutating func opening(_ actors: [ScenarioClaim]) throws(CanonicalJSONError) -> [UInt8] {
        taken(Array("{\"actors\":".utf8) + (try JSONValue.array(actors.map(\.json)).canonicalBytes))
    }

    package mutating func collection(_ collection: ScenarioCollection) -> [UInt8] {
        let lead = current == nil ? ",\"collections\":{" : "],"
        current = collection
        counts[collection] = 0
        return taken(Array("\(lead)\"\(collection.rawValue)\":[".utf8))
    }

    package mutating func row(_ row: ScenarioRow) throws(CanonicalJSONError) -> [UInt8] {
        guard let current else { preconditionFailure("a row stands in a collection") }
        let count = counts[current] ?? 0
        counts[current] = count + 1
        // A payload is stored in its canonical form: it is what stands there, and is not read again.
        var bytes = Array((count == 0 ? "" : ",").utf8)
        bytes += Array("{\"actor\":".utf8) + (try JSONValue.string(row.actor).canonicalBytes)
        bytes += Array(",\"id\":".utf8) + (try JSONValue.string(row.id).canonicalBytes)
        bytes += Array(",\"payload\":\(row.payload.text),\"sequence\":\(row.sequence)".utf8)
        bytes += Array(",\"version\":\(row.version),\"writtenAt\":\"\(row.writtenAt.rfc3339)\"}".utf8)
        return taken(bytes)
    }

    package mutating func closing() throws(CanonicalJSONError) -> [UInt8] {
        let names = Dictionary(uniqueKeysWithValues: counts.map { ($0.rawValue, JSONValue.integer(Int64($1))) })
        var bytes = Array("]},\"counts\":".utf8) + (try JSONValue.object(names).canonicalBytes)
        bytes += Array(",\"rows\":\(summary.rows),\"schema\":\"\(Self.schema)\"".utf8)
        bytes += Array(",\"session\":\"\(ScenarioGenerator.sessionName)\",\"tenant\":".utf8)
        return taken(bytes + (try JSONValue.string(tenant.name).canonicalBytes) + Array("}".utf8))
    }

    /// What was written so far; after `closing` it is the snapshot's.
    package var summary: ScenarioSnapshotSummary {
        ScenarioSnapshotSummary(digest: digest.finalize(), counts: counts)
    }

    private mutating func taken(_ bytes: [UInt8]) -> [UInt8] {
        digest.update(bytes)
        return bytes
    }
}

/// What a snapshot is known by.
package struct ScenarioSnapshotSummary: Hashable, Sendable {
    /// SHA-256 of the frozen payload's bytes: `snapshot_digest`.
    package let digest: Digest
    package let counts: [ScenarioCollection: Int]

    package var rows: Int { counts.values.reduce(0, +) }
}

/// An actor as a snapshot lists them: who they are and what they may do. Not a row.
package struct ScenarioClaim: Hashable, Sendable {
    package let id: String
    package let role: String
    package let displayName: String
    package let permissions: [String]

    package init(id: String, role: String, displayName: String, permissions: [String]) {
        self.id = id
        self.role = role
        self.displayName = displayName
        self.permissions = permissions
    }

    package init(_ actor: ScenarioActor) {
        self.init(
            id: actor.id, role: actor.role.rawValue, displayName: actor.displayName, permissions: actor.permissions)
    }

    /// The five, by id.
    package static let bundled = ScenarioActor.all.map(ScenarioClaim.init)
        .sorted { ScenarioText.precedes($0.id, $1.id) }

    package var json: JSONValue {
        [
            "displayName": .string(displayName), "id": .string(id),
            "permissions": .array(permissions.map(JSONValue.string)), "role": .string(role),
        ]
    }

    /// Reads `json`; nil for anything else.
    package init?(_ json: JSONValue) {
        guard let id = json["id"]?.stringValue, ScenarioText.isName(id), let role = json["role"]?.stringValue,
            let displayName = json["displayName"]?.stringValue,
            let permissions = json["permissions"]?.arrayValue?.compactMap(\.stringValue)
        else { return nil }
        self.init(id: id, role: role, displayName: displayName, permissions: permissions)
    }
}

package import SlipwayDomain
import SlipwaySQL

/// Takes a snapshot into a store.
package enum ScenarioImport {
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case notEmpty(rows: Int)
        case anotherTenant(ScenarioTenant)

        package var description: String {
            switch self {
            case .notEmpty(let rows):
                "the store has \(rows) rows, which are not the snapshot's: import into an empty one"
            case .anotherTenant(let tenant): "the snapshot is of the tenant \(tenant.name)"
            }
        }
    }

    /// Returns false, and changes nothing, when the store's own snapshot is this one.
    static func take(
        _ envelope: ScenarioEnvelope, by actor: String, at now: Timestamp, _ transaction: any Transaction
    ) throws -> Bool {
        let (snapshot, tenant) = (envelope.snapshot, envelope.snapshot.tenant)
        let isThere = try !transaction.query(
            "SELECT version FROM tenants WHERE tenant_id = \(tenant.name) AND row_id = \(tenant.name)\(.forUpdate)"
        ).isEmpty
        let own = try ScenarioExport.write(of: tenant, transaction) { _ in }
        if isThere, own.digest == snapshot.summary.digest { return false }
        guard own.rows == 0 else { throw Failure.notEmpty(rows: own.rows) }
        // Whoever was there by themselves makes way for those the snapshot lists.
        try transaction.execute("DELETE FROM users WHERE tenant_id = \(tenant.name)")
        try transaction.execute("DELETE FROM tenants WHERE tenant_id = \(tenant.name)")
        try ScenarioWriting.make(tenant, snapshot.actors, at: now, transaction)
        for (collection, rows) in snapshot.rows.sorted(by: { $0.key < $1.key }) {
            for start in stride(from: 0, to: rows.count, by: 512) {
                let part = Array(rows[start..<min(start + 512, rows.count)])
                try ScenarioWriting.insert(part, into: collection, of: tenant, transaction)
            }
        }
        try keep(snapshot.summary, envelope.legacyChecksum, by: actor, of: tenant, at: now, transaction)
        return true
    }

    /// Keeps that a snapshot was frozen or taken in. One that is kept already stays as it is.
    static func keep(
        _ summary: ScenarioSnapshotSummary, _ legacyChecksum: String?, by actor: String, of tenant: ScenarioTenant,
        at now: Timestamp, _ transaction: any Transaction
    ) throws {
        let id = summary.digest.hex
        guard try ScenarioReads.row(id, of: .snapshots, tenant, transaction) == nil else { return }
        let last = try transaction.query(
            "SELECT COALESCE(MAX(sequence), 0) AS highest FROM scenario_snapshots WHERE tenant_id = \(tenant.name)"
        ).first?.integer("highest")
        let counts = summary.counts.map { ($0.rawValue, JSONValue.integer(Int64($1))) }
        let payload = try ScenarioPayload([
            "counts": .object(Dictionary(uniqueKeysWithValues: counts)),
            "legacyChecksum": legacyChecksum.map(JSONValue.string) ?? .null, "rows": .integer(Int64(summary.rows)),
            "schema": .string(ScenarioSnapshotText.schema), "snapshotDigest": .string(summary.digest.description),
        ])
        let row = ScenarioRow(
            id: id, version: 1, sequence: (last ?? 0) + 1, payload: payload, actor: actor, writtenAt: now)
        try ScenarioWriting.insert([row], into: .snapshots, of: tenant, transaction)
    }
}

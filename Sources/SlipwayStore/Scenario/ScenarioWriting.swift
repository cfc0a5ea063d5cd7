package import SlipwayDomain
package import SlipwaySQL

/// Writes one tenant's rows. Writers of a tenant come one after the other, so that sequences have no gap that fills up
/// behind somebody who read past it.
package enum ScenarioWriting {
    /// Takes writes in order, all in this transaction, and answers each in its place.
    package static func take(
        _ writes: [ScenarioWrite], of tenant: ScenarioTenant, at now: Timestamp, _ transaction: any Transaction
    ) throws -> [ScenarioAnswer] {
        try hold(tenant, at: now, transaction)
        var ledger = try ledger(for: writes, of: tenant, at: now, transaction)
        let answers = writes.map { ledger.take($0) }
        let changes = ledger.changes
        guard !changes.isEmpty else { return answers }
        try addActors(of: writes, to: tenant, at: now, transaction)
        for (collection, changes) in Dictionary(grouping: changes, by: \.collection).sorted(by: { $0.key < $1.key }) {
            try insert(changes.filter { $0.previous == nil }.map(\.row), into: collection, of: tenant, transaction)
            for change in changes { try update(change, of: tenant, transaction) }
        }
        return answers
    }

    /// Keeps others from writing this tenant's rows until the transaction ends. The tenant and its five people are made
    /// when it has none.
    static func hold(_ tenant: ScenarioTenant, at now: Timestamp, _ transaction: any Transaction) throws {
        let held = try transaction.query(
            "SELECT version FROM tenants WHERE tenant_id = \(tenant.name) AND row_id = \(tenant.name)\(.forUpdate)")
        if held.isEmpty { try make(tenant, ScenarioClaim.bundled, at: now, transaction) }
    }

    /// Makes a tenant with these people.
    static func make(
        _ tenant: ScenarioTenant, _ actors: [ScenarioClaim], at now: Timestamp, _ transaction: any Transaction
    ) throws {
        let payload = try ScenarioPayload([
            "name": .string(tenant.name), "session": .string(ScenarioGenerator.sessionName),
        ])
        let row = ScenarioRow(
            id: tenant.name, version: 1, sequence: 1, payload: payload, actor: Self.itself, writtenAt: now)
        try insert([row], into: .tenants, of: tenant, transaction)
        try add(actors, to: tenant, at: now, transaction)
    }

    /// Whoever the store writes as when it writes by itself.
    static let itself = "slipway"

    /// Inserts rows that are not there, many in one statement.
    static func insert(
        _ rows: [ScenarioRow], into collection: ScenarioCollection, of tenant: ScenarioTenant,
        _ transaction: any Transaction
    ) throws {
        for part in rows.slices(for: transaction.dialect) {
            let values: [[SQLValue]] = part.map { row in
                [
                    .text(tenant.name), .text(row.id), .integer(row.version), .integer(row.sequence),
                    .text(row.payload.text), .text(row.actor), row.writtenAt.sqlValue,
                ]
            }
            try transaction.follow(with: [
                """
                INSERT INTO \(identifier: collection.rawValue) (tenant_id, \(sql: ScenarioTables.columns))
                SELECT column1, column2, column3, column4, column5, column6, column7
                FROM \(rows: values, .text, .text, .integer, .integer, .text, .text, .integer)
                """
            ])
        }
    }

    private static func update(
        _ change: ScenarioLedger.Change, of tenant: ScenarioTenant, _ transaction: any Transaction
    ) throws {
        guard let previous = change.previous else { return }
        let row = change.row
        try transaction.follow(with: [
            """
            UPDATE \(identifier: change.collection.rawValue)
            SET version = \(row.version), sequence = \(row.sequence), payload = \(row.payload.text),
                written_at = \(row.writtenAt)
            WHERE tenant_id = \(tenant.name) AND row_id = \(row.id) AND version = \(previous)
            """
        ])
    }

    /// The rows that the writes are about, and the highest sequences where they go.
    private static func ledger(
        for writes: [ScenarioWrite], of tenant: ScenarioTenant, at now: Timestamp, _ transaction: any Transaction
    ) throws -> ScenarioLedger {
        var rows: [(ScenarioCollection, ScenarioRow)] = []
        var last: [ScenarioCollection: Int64] = [:]
        for (collection, writes) in Dictionary(grouping: writes, by: \.collection) {
            let ids = Set(writes.flatMap { $0.drafts.map(\.id) }).sorted()
            rows += try transaction.query(
                """
                SELECT \(sql: ScenarioTables.columns) FROM \(identifier: collection.rawValue)
                WHERE tenant_id = \(tenant.name) AND \(anyOf: ids, in: "row_id")
                """
            ).map { (collection, try ScenarioRow($0)) }
            last[collection] = try highest(collection, of: tenant, transaction)
        }
        last[.auditEvents] = try highest(.auditEvents, of: tenant, transaction)
        return ScenarioLedger(rows, last: last, at: now)
    }

    private static func highest(
        _ collection: ScenarioCollection, of tenant: ScenarioTenant, _ transaction: any Transaction
    ) throws -> Int64 {
        try transaction.query(
            """
            SELECT COALESCE(MAX(sequence), 0) AS highest FROM \(identifier: collection.rawValue)
            WHERE tenant_id = \(tenant.name)
            """
        ).first?.integer("highest") ?? 0
    }

    /// Whoever writes is a user, also one the scenario does not know.
    private static func addActors(
        of writes: [ScenarioWrite], to tenant: ScenarioTenant, at now: Timestamp, _ transaction: any Transaction
    ) throws {
        let known = Set(ScenarioActor.all.map(\.id))
        let strangers = writes.filter { !known.contains($0.actor) }
        guard !strangers.isEmpty else { return }
        let there = try transaction.query(
            """
            SELECT row_id FROM users WHERE tenant_id = \(tenant.name)
                AND \(anyOf: Set(strangers.map(\.actor)).sorted(), in: "row_id")
            """
        ).map { Array(try $0.text("row_id").utf8) }
        var seen = Set(there)
        let claims = strangers.compactMap { write -> ScenarioClaim? in
            guard seen.insert(Array(write.actor.utf8)).inserted else { return nil }
            return ScenarioClaim(id: write.actor, role: write.role ?? "", displayName: write.actor, permissions: [])
        }
        try add(claims, to: tenant, at: now, transaction)
    }

    private static func add(
        _ actors: [ScenarioClaim], to tenant: ScenarioTenant, at now: Timestamp, _ transaction: any Transaction
    ) throws {
        let highest = try highest(.users, of: tenant, transaction)
        let rows = try actors.enumerated().map { offset, actor in
            ScenarioRow(
                id: actor.id, version: 1, sequence: highest + Int64(offset) + 1,
                payload: try ScenarioPayload(actor.json), actor: itself, writtenAt: now)
        }
        try insert(rows, into: .users, of: tenant, transaction)
    }
}

package import SlipwayDomain
package import SlipwaySQL

/// What is read of one tenant's rows.
package enum ScenarioReads {
    /// The rows behind a sequence, in order; only those one actor appended, when one is named.
    package static func page(
        _ collection: ScenarioCollection, of tenant: ScenarioTenant, after sequence: Int64, by actor: String? = nil,
        limit: Int, _ transaction: any Transaction
    ) throws -> [ScenarioRow] {
        try transaction.query(
            """
            SELECT \(sql: ScenarioTables.columns) FROM \(identifier: collection.rawValue)
            WHERE tenant_id = \(tenant.name) AND sequence > \(sequence)\(sql: appended(by: actor))
            ORDER BY sequence LIMIT \(limit)
            """
        ).map(ScenarioRow.init)
    }

    package static func row(
        _ id: String, of collection: ScenarioCollection, _ tenant: ScenarioTenant, _ transaction: any Transaction
    ) throws -> ScenarioRow? {
        try transaction.query(
            """
            SELECT \(sql: ScenarioTables.columns) FROM \(identifier: collection.rawValue)
            WHERE tenant_id = \(tenant.name) AND row_id = \(id)
            """
        ).first.map(ScenarioRow.init)
    }

    /// The rows behind an id, in the order of their ids' bytes.
    static func byID(
        _ collection: ScenarioCollection, of tenant: ScenarioTenant, after id: String, limit: Int,
        _ transaction: any Transaction
    ) throws -> [ScenarioRow] {
        try transaction.query(
            """
            SELECT \(sql: ScenarioTables.columns) FROM \(identifier: collection.rawValue)
            WHERE tenant_id = \(tenant.name) AND row_id > \(id) ORDER BY row_id LIMIT \(limit)
            """
        ).map(ScenarioRow.init)
    }

    /// How many rows there are; only those one actor appended, when one is named.
    package static func count(
        _ collection: ScenarioCollection, of tenant: ScenarioTenant, by actor: String? = nil,
        _ transaction: any Transaction
    ) throws -> Int {
        let row = try transaction.query(
            """
            SELECT COUNT(*) AS rows FROM \(identifier: collection.rawValue)
            WHERE tenant_id = \(tenant.name)\(sql: appended(by: actor))
            """
        ).first
        return Int(try row?.integer("rows") ?? 0)
    }

    /// When a collection was last written.
    static func lastWrite(
        _ collection: ScenarioCollection, of tenant: ScenarioTenant, _ transaction: any Transaction
    ) throws -> Timestamp? {
        try transaction.query(
            """
            SELECT written_at FROM \(identifier: collection.rawValue) WHERE tenant_id = \(tenant.name)
            ORDER BY sequence DESC LIMIT 1
            """
        ).first?.moment("written_at")
    }

    /// The users as actors, by id.
    static func actors(of tenant: ScenarioTenant, _ transaction: any Transaction) throws -> [ScenarioClaim] {
        try transaction.query(
            "SELECT payload FROM users WHERE tenant_id = \(tenant.name) ORDER BY row_id"
        ).map { row in
            guard let claim = ScenarioClaim(try row.json("payload")) else {
                throw DatabaseError.misuse("users holds something that is no actor")
            }
            return claim
        }
    }

    private static func appended(by actor: String?) -> SQL {
        guard let actor else { return "" }
        return " AND actor_id = \(actor)"
    }
}

extension ScenarioRow {
    init(_ row: Row) throws {
        self.init(
            id: try row.text("row_id"), version: try row.integer("version"), sequence: try row.integer("sequence"),
            payload: ScenarioPayload(stored: try row.text("payload")), actor: try row.text("actor_id"),
            writtenAt: try row.moment("written_at"))
    }
}

import SlipwayDomain
package import SlipwaySQL

/// The tables of a Scenario Store: one a collection, each of the same shape, so that the same statements serve all of them
/// and a cutover moves them as they are. A store that a cutover made has them already.
package enum ScenarioTables {
    /// Makes what is not there. Throws `misuse`, and makes nothing, when one of the tables is somebody else's.
    package static func make(in database: any Database) async throws {
        try await database.write { transaction in
            for statement in statements { try transaction.execute(statement) }
            do {
                try look(transaction)
            } catch DatabaseError.misuse {
                throw DatabaseError.misuse(
                    "the database has tables of these names that are not a \(ScenarioSession.contract): name another")
            }
        }
    }

    /// Whether all of them are there. Writes nothing.
    static func areThere(in database: any Database) async throws -> Bool {
        do {
            try await database.read { try look($0) }
            return true
        } catch DatabaseError.misuse {
            return false
        }
    }

    private static func look(_ transaction: any Transaction) throws {
        for collection in ScenarioCollection.allCases {
            _ = try transaction.query("SELECT \(sql: columns) FROM \(identifier: collection.rawValue) WHERE 1 = 0")
        }
    }

    /// In the order in which a row is written and read.
    static let columns: SQL = "row_id, version, sequence, payload, actor_id, written_at"

    static var statements: [SQL] {
        let tables = ScenarioCollection.allCases.map { collection -> SQL in
            """
            CREATE TABLE IF NOT EXISTS \(identifier: collection.rawValue) (
                tenant_id TEXT NOT NULL,
                row_id TEXT NOT NULL,
                version BIGINT NOT NULL,
                sequence BIGINT NOT NULL,
                payload TEXT NOT NULL,
                actor_id TEXT NOT NULL,
                written_at BIGINT NOT NULL,
                PRIMARY KEY (tenant_id, row_id),
                UNIQUE (tenant_id, sequence)\(sql: actorIsAUser(collection))
            )
            """
        }
        let indexes = ScenarioCollection.allCases.filter { $0.readingOwn != nil }.map { collection -> SQL in
            """
            CREATE INDEX IF NOT EXISTS \(identifier: collection.rawValue + "_actor_idx")
            ON \(identifier: collection.rawValue) (tenant_id, actor_id, sequence)
            """
        }
        return tables + indexes
    }

    /// Who did something is a user of the tenant it was done in, and of no other.
    private static func actorIsAUser(_ collection: ScenarioCollection) -> SQL {
        guard collection == .auditEvents else { return "" }
        return ",\nFOREIGN KEY (tenant_id, actor_id) REFERENCES users (tenant_id, row_id)"
    }
}

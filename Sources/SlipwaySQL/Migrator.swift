/// One step of the schema, applied once and never changed after it has landed.
package struct Migration: Sendable {
    package let name: String
    package let statements: [SQL]

    package init(_ name: String, _ statements: [SQL]) {
        self.name = name
        self.statements = statements
    }
}

/// Brings a database to the newest schema, each migration in a transaction with the row that records it.
package struct Migrator: Sendable {
    package let migrations: [Migration]

    package init(_ migrations: [Migration]) {
        precondition(Set(migrations.map(\.name)).count == migrations.count, "migration names must be unique")
        self.migrations = migrations
    }

    /// Applies what is missing, in order, and returns the names applied now.
    /// Throws `misuse` when the database has migrations this build does not know: a newer build wrote it.
    package func migrate(_ database: any Database) async throws -> [String] {
        try await database.write { transaction in
            try transaction.execute(
                "CREATE TABLE IF NOT EXISTS slipway_migrations (name TEXT NOT NULL PRIMARY KEY, position BIGINT NOT NULL)"
            )
            let rows = try transaction.query("SELECT name FROM slipway_migrations ORDER BY position")
            let applied = try rows.map { row in try row.text("name") }
            guard applied == Array(migrations.map(\.name).prefix(applied.count)) else {
                throw DatabaseError.misuse(
                    "this database was written by a newer or different Slipway; use that version, or another --data")
            }
            let missing = migrations.dropFirst(applied.count)
            for (offset, migration) in missing.enumerated() {
                for statement in migration.statements { try transaction.execute(statement) }
                try transaction.execute(
                    """
                    INSERT INTO slipway_migrations (name, position)
                    VALUES (\(migration.name), \(applied.count + offset))
                    """)
            }
            return missing.map(\.name)
        }
    }
}

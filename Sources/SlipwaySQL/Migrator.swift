/// One step of the schema, applied once and never changed after it has landed.
package struct Migration: Sendable {
    package let name: String
    private let common: [SQL]
    private let postgres: [SQL]

    /// `postgres` are statements for what SQLite does not have; they follow the others.
    package init(_ name: String, _ statements: [SQL], postgres: [SQL] = []) {
        self.name = name
        common = statements
        self.postgres = postgres
    }

    package func statements(for dialect: Dialect) -> [SQL] {
        switch dialect {
        case .sqlite: common
        case .postgres: common + postgres
        }
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
        // Whoever may not make tables may still find that all of them are there.
        if try await isDone(in: database) { return [] }
        return try await database.scoped(to: .system).write { transaction in
            try transaction.execute(
                "CREATE TABLE IF NOT EXISTS slipway_migrations (name TEXT NOT NULL PRIMARY KEY, position BIGINT NOT NULL)"
            )
            let applied = try Self.applied(in: transaction)
            guard applied == Array(migrations.map(\.name).prefix(applied.count)) else {
                throw DatabaseError.misuse(
                    "this database was written by a newer or different Slipway; use that version, or another --data")
            }
            let missing = migrations.dropFirst(applied.count)
            for (offset, migration) in missing.enumerated() {
                for statement in migration.statements(for: transaction.dialect) { try transaction.execute(statement) }
                try transaction.execute(
                    """
                    INSERT INTO slipway_migrations (name, position)
                    VALUES (\(migration.name), \(applied.count + offset))
                    """)
            }
            return missing.map(\.name)
        }
    }

    private func isDone(in database: any Database) async throws -> Bool {
        do {
            return try await database.read { try Self.applied(in: $0) } == migrations.map(\.name)
        } catch is DatabaseError {
            return false  // there is no such table yet, or what is wrong is wrong for a write too
        }
    }

    private static func applied(in transaction: any Transaction) throws -> [String] {
        try transaction.query("SELECT name FROM slipway_migrations ORDER BY position").map { try $0.text("name") }
    }
}

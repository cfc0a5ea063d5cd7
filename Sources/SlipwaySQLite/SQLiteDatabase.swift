import GRDB
package import SlipwaySQL

/// `Database` over SQLite: in memory through one connection, on disk in WAL mode with readers beside the writer.
package struct SQLiteDatabase: SlipwaySQL.Database {
    private let connections: any DatabaseWriter

    package var dialect: Dialect { .sqlite }

    /// An empty database that lives as long as this value.
    package static func inMemory() throws -> SQLiteDatabase {
        SQLiteDatabase(connections: try DatabaseQueue(configuration: configuration))
    }

    /// Opens or makes a database file. Commits reach the disk before they are answered.
    package static func file(_ path: String) throws -> SQLiteDatabase {
        SQLiteDatabase(connections: try DatabasePool(path: path, configuration: configuration))
    }

    /// Opens a database file that is there, for reading alone: no byte of it changes by that.
    package static func reading(_ path: String) throws -> SQLiteDatabase {
        var configuration = configuration
        configuration.readonly = true
        return SQLiteDatabase(connections: try DatabasePool(path: path, configuration: configuration))
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { connection in
            try connection.execute(sql: "PRAGMA synchronous = FULL")
        }
        return configuration
    }

    package func scoped(to scope: RowScope) -> any SlipwaySQL.Database { self }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await connections.read { connection in
            try body(SQLiteTransaction(connection: connection))
        }
    }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        do {
            return try await connections.write { connection in
                try body(SQLiteTransaction(connection: connection))
            }
        } catch let error as GRDB.DatabaseError {
            throw SlipwaySQL.DatabaseError(error, in: nil)
        }
    }
}

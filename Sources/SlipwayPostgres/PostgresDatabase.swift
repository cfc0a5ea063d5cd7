package import SlipwaySQL

/// `Database` over a bounded pool of PostgreSQL sessions.
package struct PostgresDatabase: Database {
    private let pool: SessionPool

    package var dialect: Dialect { .postgres }

    package init(_ address: PostgresAddress, sessions: Int = 4) {
        pool = SessionPool(address, limit: sessions)
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
    }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await run("BEGIN", body)
    }

    private func run<Result: Sendable>(
        _ begin: String, _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await pool.withSession { session in
            try await session.run { connection in
                try connection.transaction(begin: begin) {
                    try body(PostgresTransaction(connection: connection))
                }
            }
        }
    }
}

struct PostgresTransaction: Transaction {
    let connection: PostgresConnection

    func query(_ sql: SQL) throws(DatabaseError) -> [Row] {
        try connection.query(sql).rows()
    }

    @discardableResult
    func execute(_ sql: SQL) throws(DatabaseError) -> Int {
        try connection.query(sql).changed
    }
}

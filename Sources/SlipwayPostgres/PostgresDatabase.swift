package import SlipwaySQL

/// `Database` over a bounded pool of PostgreSQL sessions.
package struct PostgresDatabase: Database {
    private let pool: SessionPool
    private var scope = RowScope.none

    package var dialect: Dialect { .postgres }

    /// With a `role`, every session works as it and not as its login, who must be a member of it. With a `schema`, tables
    /// are that schema's.
    package init(_ address: PostgresAddress, sessions: Int = 4, role: String? = nil, schema: String? = nil) {
        let path = schema.map { "; SET search_path = " + SQL.quoted($0) } ?? ""
        let become = role.map { "; SET ROLE " + SQL.quoted($0) } ?? ""
        pool = SessionPool(address, limit: sessions, setup: Self.setup + path + become)
    }

    package func scoped(to scope: RowScope) -> any Database {
        var database = self
        database.scope = scope
        return database
    }

    /// Statements here are prepared once and few; a plan made while a table was empty would read all of it when it has
    /// grown. So plans are generic, and go by an index wherever there is one; none is worth processes beside its own.
    ///
    /// A process that is stopped in the middle of a transaction keeps what it has locked for five seconds and not until
    /// it is woken; nobody waits longer for a lock than a beat may be late.
    private static let setup =
        "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_bitmapscan = off; SET jit = off; "
        + "SET max_parallel_workers_per_gather = 0; "
        + "SET idle_in_transaction_session_timeout = '5s'; SET lock_timeout = '4s'"

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
        let opening = [PostgresCommand(text: begin, binds: [])] + (scope.command.map { [$0] } ?? [])
        return try await pool.withSession { session in
            try await session.run { connection in
                let transaction = PostgresTransaction(connection: connection, opening: opening)
                do {
                    let result = try body(transaction)
                    try transaction.commit()
                    return result
                } catch {
                    if connection.isHealthy, connection.isInTransaction { try? connection.run("ROLLBACK") }
                    throw error
                }
            }
        }
    }
}

/// Statements wait for the next one whose answer matters, and travel with it: BEGIN and the scope with the first, what
/// only writes with the COMMIT.
final class PostgresTransaction: Transaction {
    private let connection: PostgresConnection
    private var waiting: [PostgresCommand]
    private var hasFailed = false

    var dialect: Dialect { .postgres }

    init(connection: PostgresConnection, opening: [PostgresCommand]) {
        self.connection = connection
        waiting = opening
    }

    func query(_ sql: SQL) throws(DatabaseError) -> [Row] {
        try answer(to: sql).rows()
    }

    @discardableResult
    func execute(_ sql: SQL) throws(DatabaseError) -> Int {
        try answer(to: sql).changed
    }

    func follow(with statements: [SQL]) throws(DatabaseError) {
        waiting += statements.map(PostgresCommand.init)
    }

    func commit() throws(DatabaseError) {
        try send(PostgresCommand(text: "COMMIT", binds: []))
    }

    private func answer(to sql: SQL) throws(DatabaseError) -> PostgresResult {
        try send(PostgresCommand(sql))
    }

    @discardableResult
    private func send(_ command: PostgresCommand) throws(DatabaseError) -> PostgresResult {
        guard !hasFailed else {
            throw .misuse("a statement of this transaction failed: it can only be undone")
        }
        let commands = waiting + [command]
        waiting = []
        do {
            return try connection.pipeline(commands)
        } catch {
            hasFailed = true
            throw error
        }
    }
}

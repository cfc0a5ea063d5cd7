/// A place that holds rows: SQLite or PostgreSQL.
///
/// The body of a transaction is synchronous: it cannot await, so no network call can ever happen inside one,
/// and a transaction is as short as its statements. The engine runs it on a thread that may block.
package protocol Database: Sendable {
    var dialect: Dialect { get }

    /// The same database, whose transactions see and write the rows of this scope alone, instead of the scope it had.
    /// SQLite does not keep rows apart: there the statements' own conditions are all there is.
    func scoped(to scope: RowScope) -> any Database

    /// Runs the body on one consistent snapshot. A write inside it is refused.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result

    /// Runs the body in one transaction: committed when it returns, undone when it throws.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result
}

/// Statements inside one transaction; valid only within the body it was handed to.
package protocol Transaction {
    var dialect: Dialect { get }

    /// All rows of a statement.
    func query(_ sql: SQL) throws(DatabaseError) -> [Row]

    /// Has statements run, in order, before whatever comes next in this transaction, the commit included. Where the
    /// engine is a server they travel together with it. What goes wrong with one is thrown there.
    func follow(with statements: [SQL]) throws(DatabaseError)

    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    func execute(_ sql: SQL) throws(DatabaseError) -> Int
}

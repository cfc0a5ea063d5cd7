import SlipwayPostgres

extension PostgresConnection {
    /// Runs the body in a transaction of its own, or, inside a rehearsal's transaction, in a savepoint: the same
    /// code serves both, and a rehearsal commits nothing.
    func scope<Value>(_ mode: String, _ body: () throws -> Value) throws -> Value {
        guard isInTransaction else { return try transaction(begin: "BEGIN \(mode)", body) }
        try run("SAVEPOINT slipway_scope")
        do {
            let value = try body()
            // Settings and roles set LOCAL would outlive a released savepoint, so they are put back here.
            try run("RESET ROLE; RELEASE SAVEPOINT slipway_scope")
            return value
        } catch {
            if isHealthy { try? run("ROLLBACK TO SAVEPOINT slipway_scope; RELEASE SAVEPOINT slipway_scope") }
            throw error
        }
    }
}

import SlipwaySQL

/// A connection with a thread of its own, so that blocking calls stall nobody else.
package actor PostgresSession {
    private let thread: DedicatedThread
    private let address: PostgresAddress
    private let setup: String?
    private var connection: PostgresConnection?

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        thread.asUnownedSerialExecutor()
    }

    /// Nothing is connected until the first use. `setup` is run on each connection before anything else.
    package init(_ address: PostgresAddress, setup: String? = nil) {
        self.address = address
        self.setup = setup
        thread = DedicatedThread()
    }

    deinit {
        thread.stop()
    }

    /// Runs the body on this session's thread with its connection, connecting first when there is none or the
    /// last one broke.
    package func run<Result: Sendable>(
        _ body: @Sendable (PostgresConnection) throws -> Result
    ) throws -> Result {
        let connection = try connected()
        defer { if !connection.isHealthy { self.connection = nil } }
        return try body(connection)
    }

    package func close() {
        connection = nil
    }

    private func connected() throws(DatabaseError) -> PostgresConnection {
        if let connection, connection.isThere() { return connection }
        let fresh = try PostgresConnection(address)
        if let setup { try fresh.run(setup) }
        connection = fresh
        return fresh
    }
}

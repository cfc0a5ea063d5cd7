/// Lends sessions, at most `limit` at once; who comes later waits in line.
actor SessionPool {
    private let address: PostgresAddress
    private let setup: String?
    private let limit: Int
    private var idle: [PostgresSession] = []
    private var lent = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ address: PostgresAddress, limit: Int, setup: String?) {
        self.address = address
        self.setup = setup
        self.limit = limit
    }

    /// Runs the body with a session of the caller's own; it is returned also when the body throws.
    nonisolated func withSession<Result: Sendable>(
        _ body: @Sendable (PostgresSession) async throws -> Result
    ) async throws -> Result {
        let session = await take()
        do {
            let result = try await body(session)
            await giveBack(session)
            return result
        } catch {
            await giveBack(session)
            throw error
        }
    }

    private func take() async -> PostgresSession {
        if lent >= limit {
            await withCheckedContinuation { waiting.append($0) }  // the one who wakes us leaves us its place
        } else {
            lent += 1
        }
        return idle.popLast() ?? PostgresSession(address, setup: setup)
    }

    private func giveBack(_ session: PostgresSession) {
        idle.append(session)
        if waiting.isEmpty {
            lent -= 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}

package import SlipwayDomain
package import SlipwaySQL

/// The statements of a worker that takes runs and gives them up.
package enum RunClaims {
    /// What a worker may take.
    package enum Choice: Sendable {
        case anyDue
        /// Any but those suspected of killing a worker: it has one of them already.
        case unsuspected
        case only(ID<OperationRun>)
    }

    /// Takes due runs for a worker, oldest first, each under a new fence. Of those that may have killed a worker it
    /// takes one at most, so that the next death has one suspect.
    package static func claim(
        _ choice: Choice, for worker: ID<Worker>, limit: Int, at now: Timestamp, in transaction: any Transaction
    ) throws -> [RunRecord] {
        let due = try due(choice, limit: limit, at: now, in: transaction)
        guard !due.isEmpty else { return [] }
        let rows = try transaction.query(
            """
            UPDATE operation_runs SET status = 'running', attempt = attempt + 1, fence = fence + 1, due_at = NULL,
                worker_id = \(worker), events = events + 1, started_at = COALESCE(started_at, \(now))
            WHERE \(anyOf: due, in: "id") AND status = 'queued'
            RETURNING \(sql: RunRecord.columns)
            """)
        let claimed = try rows.map(RunRecord.init).sorted { $0.id < $1.id }
        try RunEvents.append(
            claimed.map { NewEvent(.claimed, of: $0.id, at: $0.events, $0.machine.fence) }, now, transaction)
        return claimed
    }

    private static func due(
        _ choice: Choice, limit: Int, at now: Timestamp, in transaction: any Transaction
    ) throws -> [ID<OperationRun>] {
        switch choice {
        case .only(let run): return try due("id = \(run)", 1, at: now, in: transaction)
        case .unsuspected: return try due("losses = 0", limit, at: now, in: transaction)
        case .anyDue:
            let suspect = try due("losses > 0", 1, at: now, in: transaction)
            return try suspect + due("losses = 0", limit - suspect.count, at: now, in: transaction)
        }
    }

    private static func due(
        _ condition: SQL, _ limit: Int, at now: Timestamp, in transaction: any Transaction
    ) throws -> [ID<OperationRun>] {
        guard limit > 0 else { return [] }
        return try transaction.query(
            """
            SELECT id FROM operation_runs WHERE due_at <= \(now) AND \(sql: condition)
            ORDER BY due_at, id LIMIT \(limit)\(.forUpdateSkipLocked)
            """
        ).map { row in try row.id("id") }
    }

    /// Runs that a worker holds, for the one who rescues them, and whether each is a suspect already.
    package static func held(
        by worker: ID<Worker>, in transaction: any Transaction
    ) throws -> [(run: ID<OperationRun>, isSuspect: Bool)] {
        try transaction.query(
            "SELECT id, losses FROM operation_runs r WHERE worker_id = \(worker) AND \(sql: isActive) ORDER BY id"
        )
        .map { row in (try row.id("id"), try row.integer("losses") > 0) }
    }

    /// Of these runs, those whose cancellation someone asked for.
    package static func cancelRequested(
        among runs: [ID<OperationRun>], in transaction: any Transaction
    ) throws -> [ID<OperationRun>] {
        guard !runs.isEmpty else { return [] }
        return try transaction.query(
            "SELECT id FROM operation_runs WHERE \(anyOf: runs, in: "id") AND cancel = 'requested'"
        ).map { row in try row.id("id") }
    }

    /// Every active run holds its identity: the holds are a list of them that stays as short as the work under way.
    static let isActive: SQL = "id IN (SELECT run_id FROM run_holds)"
}

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
    /// takes one at most, so that the next death has one suspect. A worker that is not on the roll gets none.
    package static func claim(
        _ choice: Choice, for worker: ID<Worker>, limit: Int, at now: Timestamp, in transaction: any Transaction
    ) throws -> [RunRecord] {
        // One that was struck off holds nothing that anybody would rescue.
        guard let waiting = try waiting(for: worker, at: now, in: transaction) else { return [] }
        let due = try due(choice, waiting, limit: limit, at: now, in: transaction)
        guard !due.isEmpty else { return [] }
        let rows = try transaction.query(
            """
            UPDATE operation_runs SET status = 'running', attempt = attempt + 1, fence = fence + 1, due_at = NULL, waits = 0,
                worker_id = \(worker), events = events + 1, started_at = COALESCE(started_at, \(now))
            WHERE \(anyOf: due, in: "id") AND status = 'queued'
            RETURNING \(sql: RunRecord.columns)
            """)
        let claimed = try rows.map(RunRecord.init).sorted { $0.id < $1.id }
        try RunEvents.append(
            claimed.map { NewEvent(.claimed, of: $0.id, at: $0.events, $0.machine.fence) }, now, transaction)
        return claimed
    }

    /// Whether there are due runs of the rarer kinds.
    private struct Waiting {
        let retries: Bool
        let suspects: Bool
    }

    /// Keeps the worker's place on the roll until the transaction ends, and looks for what is rare in the same
    /// statement; nil when it has no place.
    private static func waiting(
        for worker: ID<Worker>, at now: Timestamp, in transaction: any Transaction
    ) throws -> Waiting? {
        try transaction.query(
            """
            SELECT CASE WHEN EXISTS (SELECT 1 FROM operation_runs WHERE waits = 1 AND due_at <= \(now))
                    THEN 1 ELSE 0 END AS retries,
                CASE WHEN EXISTS (SELECT 1 FROM operation_runs WHERE due_at IS NOT NULL AND losses > 0)
                    THEN 1 ELSE 0 END AS suspects
            FROM workers WHERE id = \(worker)\(.forUpdate)
            """
        ).first.map { row in
            Waiting(retries: try row.integer("retries") == 1, suspects: try row.integer("suspects") == 1)
        }
    }

    private static func due(
        _ choice: Choice, _ waiting: Waiting, limit: Int, at now: Timestamp, in transaction: any Transaction
    ) throws -> [ID<OperationRun>] {
        switch choice {
        case .only(let run):
            return try due("id = \(run) AND (waits = 0 OR due_at <= \(now))", 1, in: transaction)
        case .unsuspected: return try unsuspected(waiting, limit, at: now, in: transaction)
        case .anyDue:
            let suspect =
                waiting.suspects
                ? try due("losses > 0 AND (waits = 0 OR due_at <= \(now))", 1, in: transaction) : []
            return try suspect + unsuspected(waiting, limit - suspect.count, at: now, in: transaction)
        }
    }

    /// Retries whose pause is over go first, then the new ones in the order they came; of these no clock is asked.
    private static func unsuspected(
        _ waiting: Waiting, _ limit: Int, at now: Timestamp, in transaction: any Transaction
    ) throws -> [ID<OperationRun>] {
        let retries =
            waiting.retries
            ? try due("waits = 1 AND losses = 0 AND due_at <= \(now)", limit, in: transaction) : []
        return try retries + due("waits = 0 AND losses = 0", limit - retries.count, in: transaction)
    }

    private static func due(
        _ condition: SQL, _ limit: Int, in transaction: any Transaction
    ) throws -> [ID<OperationRun>] {
        guard limit > 0 else { return [] }
        return try transaction.query(
            """
            SELECT id FROM operation_runs WHERE due_at IS NOT NULL AND \(sql: condition)
            ORDER BY due_at, id LIMIT \(limit)\(.forUpdateSkipLocked)
            """
        ).map { row in try row.id("id") }
    }

    /// Brings pauses that no policy can have asked for to an end: the wall clock was set back while they lasted.
    package static func endImpossiblePauses(at now: Timestamp, in transaction: any Transaction) throws {
        let longest = now.microseconds + Int64(RetryPolicy.longestPauseMilliseconds) * 1000
        try transaction.execute("UPDATE operation_runs SET due_at = \(now) WHERE waits = 1 AND due_at > \(longest)")
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

package import SlipwayDomain
package import SlipwaySQL

/// How a run ended, by the worker that holds it under this fence.
package struct RunEnding: Sendable, Hashable {
    package let run: ID<OperationRun>
    package let fence: Int64
    package let outcome: RunOutcome
    package let reason: ReasonCode?
    package let counts: ItemCounts
    package let failures: JSONValue?

    package init(
        run: ID<OperationRun>, fence: Int64, outcome: RunOutcome, reason: ReasonCode?, counts: ItemCounts,
        failures: JSONValue? = nil
    ) {
        self.run = run
        self.fence = fence
        self.outcome = outcome
        self.reason = reason
        self.counts = counts
        self.failures = failures
    }
}

/// The statements that end runs, many in one transaction, each under its own fence.
package enum RunCompletion {
    /// Ends the runs that are still held under these fences, and frees what they held. Returns those ended; of the
    /// others nothing changed, and that a late worker tried is recorded.
    package static func complete(
        _ endings: [RunEnding], at now: Timestamp, in transaction: any Transaction
    ) throws -> Set<ID<OperationRun>> {
        var ended: [ID<OperationRun>] = []
        for part in endings.sorted(by: { $0.run < $1.run }).inPowersOfTwo() {
            let rows = try transaction.query(
                """
                UPDATE operation_runs AS r SET status = 'completed', outcome = v.column3, reason_code = v.column4,
                    summary_counts = v.column5, failure_summary = v.column6, worker_id = NULL,
                    events = r.events + 1, completed_at = \(now)
                FROM (VALUES \(rows: try part.map { try $0.row() })) AS v
                WHERE r.id = CAST(v.column1 AS BIGINT) AND r.fence = CAST(v.column2 AS BIGINT)
                    AND r.status = 'running' AND (v.column3 <> 'cancelled' OR r.cancel = 'acknowledged')
                RETURNING id
                """)
            ended += try rows.map { row in try row.id("id") }
        }
        if !ended.isEmpty {
            try transaction.execute("DELETE FROM run_holds WHERE \(anyOf: ended, in: "run_id")")
            try RunClaims.recordLast(.finished, of: ended, at: now, in: transaction)
        }
        let done = Set(ended)
        for ending in endings where !done.contains(ending.run) {
            try RunTransitions.recordStale(ending.run, fence: ending.fence, at: now, in: transaction)
        }
        return done
    }
}

extension RunEnding {
    fileprivate func row() throws -> [SQLValue] {
        [
            .text(run.description), .text(String(fence)), .text(outcome.rawValue), (reason?.rawValue).sqlValue,
            .text(try counts.json.text()), (try failures?.text()).sqlValue,
        ]
    }
}

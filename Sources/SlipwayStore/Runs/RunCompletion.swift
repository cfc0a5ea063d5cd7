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
    /// What the run holds, to be let go.
    package let held: [String]

    package init(
        of run: RunRecord, outcome: RunOutcome, reason: ReasonCode?, counts: ItemCounts,
        failures: JSONValue? = nil
    ) {
        self.run = run.id
        fence = run.machine.fence
        held = run.held
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
        var ended: [ID<OperationRun>: Int64] = [:]
        for part in endings.sorted(by: { $0.run < $1.run }).slices(for: transaction.dialect) {
            let rows = try transaction.query(
                """
                UPDATE operation_runs AS r SET status = 'completed', outcome = v.column3, reason_code = v.column4,
                    summary_counts = v.column5, failure_summary = v.column6, worker_id = NULL,
                    events = r.events + 1, completed_at = \(now)
                FROM \(rows: try part.map { try $0.row() }, .integer, .integer, .text, .text, .text, .text)
                WHERE r.id = v.column1 AND r.fence = v.column2
                    AND r.status = 'running' AND (v.column3 <> 'cancelled' OR r.cancel = 'acknowledged')
                RETURNING id, events
                """)
            for row in rows { ended[try row.id("id")] = try row.integer("events") }
        }
        let done = endings.filter { ended[$0.run] != nil }
        if !done.isEmpty {
            try RunHold.release(done.map { ($0.run, $0.held) }, in: transaction)
            let events = done.map { ending in
                NewEvent(
                    .finished(ending.outcome, ending.reason), of: ending.run, at: ended[ending.run] ?? 0, ending.fence)
            }
            try RunEvents.append(events, now, transaction)
        }
        for ending in endings where ended[ending.run] == nil {
            try RunTransitions.recordStale(ending.run, fence: ending.fence, at: now, in: transaction)
        }
        return Set(ended.keys)
    }
}

extension RunEnding {
    fileprivate func row() throws -> [SQLValue] {
        [
            run.sqlValue, fence.sqlValue, .text(outcome.rawValue), (reason?.rawValue).sqlValue,
            .text(counts.text), (try failures?.text()).sqlValue,
        ]
    }
}

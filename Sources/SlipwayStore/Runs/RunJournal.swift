package import SlipwayDomain
package import SlipwaySQL

/// What a worker writes while it carries out a run: the plan, an intent before each effect, its end after it.
///
/// Every write holds the run's row under the worker's fence first; a worker that lost the run gets `false`, and
/// that it tried is recorded.
package enum RunJournal {
    package static func plan(
        _ items: [String], of run: ID<OperationRun>, fence: Int64, at now: Timestamp, in transaction: any Transaction
    ) throws -> Bool {
        guard try holds(run, fence, at: now, in: transaction) else { return false }
        for part in Array(items.enumerated()).slices(for: transaction.dialect) {
            try transaction.execute(
                """
                INSERT INTO run_items (run_id, position, item, status) SELECT \(run), column1, column2, 'planned'
                FROM \(rows: part.map { [$0.offset.sqlValue, .text($0.element)] }, .integer, .text)
                """)
        }
        return true
    }

    package static func intend(
        _ item: String, of run: RunRecord, at now: Timestamp, in transaction: any Transaction
    ) throws -> Bool {
        let fence = run.machine.fence
        guard try holds(run.id, fence, at: now, in: transaction) else { return false }
        try transaction.execute(
            """
            INSERT INTO run_effects (effect_key, origin_id, item, state, fence, intended_at)
            VALUES (\(EffectKey(origin: run.origin, item: item).text), \(run.origin), \(item), 'intended', \(fence), \(now))
            ON CONFLICT (effect_key) DO UPDATE SET state = 'intended', fence = excluded.fence,
                intended_at = excluded.intended_at, settled_at = NULL
            """)
        return true
    }

    /// Settles what became of an item's effect and, when it is over, of the item.
    package static func settle(
        _ item: String, _ state: EffectState, _ result: ItemResult?, of run: RunRecord, at now: Timestamp,
        in transaction: any Transaction
    ) throws -> Bool {
        guard try holds(run.id, run.machine.fence, at: now, in: transaction) else { return false }
        try transaction.execute(
            """
            UPDATE run_effects SET state = \(state.rawValue), settled_at = \(now)
            WHERE effect_key = \(EffectKey(origin: run.origin, item: item).text)
            """)
        if let result {
            try transaction.execute(
                """
                UPDATE run_items SET status = \(result.status.rawValue), reason_code = \(result.reason?.rawValue),
                    facts = \(try result.facts.text())
                WHERE run_id = \(run.id) AND item = \(item)
                """)
        }
        return true
    }

    package static func report(
        _ progress: RunProgress, of run: ID<OperationRun>, fence: Int64, in transaction: any Transaction
    ) throws {
        try transaction.execute(
            """
            UPDATE operation_runs SET progress_done = \(progress.done), progress_total = \(progress.total)
            WHERE id = \(run) AND fence = \(fence) AND status = 'running'
            """)
    }

    /// Locks the run's row and says whether it is still held under this fence.
    private static func holds(
        _ run: ID<OperationRun>, _ fence: Int64, at now: Timestamp, in transaction: any Transaction
    ) throws -> Bool {
        let rows = try transaction.query(
            """
            SELECT id FROM operation_runs WHERE id = \(run) AND fence = \(fence) AND status = 'running'\(.forUpdate)
            """)
        if rows.isEmpty { try RunTransitions.recordStale(run, fence: fence, at: now, in: transaction) }
        return !rows.isEmpty
    }
}

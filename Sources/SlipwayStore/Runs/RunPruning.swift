package import SlipwayDomain
package import SlipwaySQL

/// The statements that let go of old runs' details: their items and what is known of single changes at the provider.
/// The runs, their decisions, events and counts stay: they are the audit.
package enum RunPruning {
    /// First runs of lines of retries that were all over before a moment and still have items, up to a limit.
    package static func due(
        before cutoff: Timestamp, limit: Int, in transaction: any Transaction
    ) throws -> [ID<OperationRun>] {
        try transaction.query(
            """
            SELECT DISTINCT o.id FROM run_items i JOIN operation_runs r ON r.id = i.run_id
                JOIN operation_runs o ON o.id = r.origin_id
            WHERE i.run_id < \(IDMint.lowest(at: cutoff)) AND o.completed_at < \(cutoff)
                AND NOT EXISTS (
                    SELECT 1 FROM operation_runs c WHERE c.origin_id = o.id AND c.origin_id <> c.id
                        AND (c.completed_at IS NULL OR c.completed_at >= \(cutoff)))
            ORDER BY o.id LIMIT \(limit)
            """
        ).map { row in try row.id("id") }
    }

    /// Prunes these lines of runs, and marks each run of them.
    package static func prune(
        _ origins: [ID<OperationRun>], at now: Timestamp, in transaction: any Transaction
    ) throws {
        guard !origins.isEmpty else { return }
        let retries = try transaction.query(
            "SELECT id FROM operation_runs WHERE \(anyOf: origins, in: "origin_id") AND origin_id <> id"
        ).map { row in try row.id("id", of: OperationRun.self) }
        let runs = origins + retries
        try transaction.execute("DELETE FROM run_items WHERE \(anyOf: runs, in: "run_id")")
        try transaction.execute("DELETE FROM run_effects WHERE \(anyOf: origins, in: "origin_id")")
        try transaction.execute("UPDATE operation_runs SET pruned_at = \(now) WHERE \(anyOf: runs, in: "id")")
    }
}

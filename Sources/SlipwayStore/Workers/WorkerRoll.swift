package import SlipwayDomain
package import SlipwaySQL

/// A worker as its row has it.
package struct WorkerRecord: Sendable, Hashable {
    package let id: ID<Worker>
    /// The machine it runs on, as far as processes can see each other there.
    package let host: String
    /// Which process of that machine it is, so that another there can look whether it lives.
    package let process: String
    /// Grows while it lives.
    package let beats: Int64
}

/// The roll of workers: who is there, and that each still beats.
package enum WorkerRoll {
    package static func enter(
        _ worker: ID<Worker>, host: String, process: String, at now: Timestamp, in transaction: any Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO workers (id, host, process, beats, started_at)
            VALUES (\(worker), \(host), \(process), 0, \(now))
            """)
    }

    /// False when the worker was struck off: what it held is another's now.
    package static func beat(_ worker: ID<Worker>, in transaction: any Transaction) throws -> Bool {
        try transaction.execute("UPDATE workers SET beats = beats + 1 WHERE id = \(worker)") == 1
    }

    package static func all(in transaction: any Transaction) throws -> [WorkerRecord] {
        try transaction.query("SELECT id, host, process, beats FROM workers ORDER BY id").map { row in
            WorkerRecord(
                id: try row.id("id"), host: try row.text("host"), process: try row.text("process"),
                beats: try row.integer("beats"))
        }
    }

    /// Takes a worker off the roll, once it holds no run any more. Its row is locked first: what it claims at the same
    /// time is either seen here, or not claimed.
    package static func strike(_ worker: ID<Worker>, in transaction: any Transaction) throws {
        // A worker that was stopped in the middle of a transaction still has its row locked: that is for another time,
        // and nobody waits for it.
        let rows = try transaction.query("SELECT id FROM workers WHERE id = \(worker)\(.forUpdateSkipLocked)")
        guard !rows.isEmpty else { return }
        try transaction.execute(
            """
            DELETE FROM workers WHERE id = \(worker)
                AND NOT EXISTS (
                    SELECT 1 FROM operation_runs WHERE worker_id = \(worker) AND \(sql: RunClaims.isActive))
            """)
    }
}

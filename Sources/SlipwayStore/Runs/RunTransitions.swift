package import SlipwayDomain
package import SlipwaySQL

/// A run's rarer steps, each one event through the run's machine, compared and set on the row it was read from.
package enum RunTransitions {
    /// On whose word a run takes an event.
    package enum Authority: Sendable {
        /// The worker that holds it under this fence; when it does not any more, that it tried is recorded.
        case fence(Int64)
        /// Whoever saw that this worker is gone; nothing happens when another has the run by now.
        case rescue(of: ID<Worker>)
        case anyone
    }

    /// Takes one event into a run. A run that goes back to wait may be taken at once, or at the time that is given.
    ///
    /// Returns the run as it then is, or nil when the authority does not hold. Throws `IllegalTransition`, having
    /// changed nothing, and `conflict` when another wrote at the same time.
    package static func apply(
        _ event: RunEvent, to run: ID<OperationRun>, by authority: Authority, waitingUntil: Timestamp? = nil,
        at now: Timestamp, in transaction: any Transaction
    ) throws -> RunRecord? {
        guard let record = try RunReads.run(run, in: transaction) else { return nil }
        switch authority {
        case .fence(let fence) where record.machine.fence != fence || record.status != .running:
            try recordStale(run, fence: fence, at: now, in: transaction)
            return nil
        case .rescue(let worker) where record.worker != worker: return nil
        case .fence, .rescue, .anyone: break
        }
        var machine = record.machine
        try machine.receive(event)
        let written = try write(machine, over: record, waitingUntil: waitingUntil, at: now, in: transaction)
        try RunEvents.append([NewEvent(event, of: run, at: written.events, machine.fence)], now, transaction)
        if machine.status == .completed {
            try RunHold.release([(run, record.held)], in: transaction)
        }
        return written
    }

    private static func write(
        _ machine: RunMachine, over record: RunRecord, waitingUntil: Timestamp?, at now: Timestamp,
        in transaction: any Transaction
    ) throws -> RunRecord {
        let isOver = machine.status == .completed
        let isQueued = machine.status == .queued
        let rows = try transaction.query(
            """
            UPDATE operation_runs SET status = \(machine.status?.rawValue), outcome = \(machine.outcome.rawValue),
                reason_code = \(machine.reason?.rawValue), cancel = \(machine.cancel.rawValue),
                attempt = \(machine.attempt), losses = \(machine.losses), fence = \(machine.fence),
                worker_id = \(machine.status == .running ? record.worker : nil),
                due_at = \(isQueued ? waitingUntil ?? now : nil), waits = \(isQueued && waitingUntil != nil ? 1 : 0), completed_at = \(isOver ? now : nil), events = events + 1
            WHERE id = \(record.id) AND events = \(record.events)
            RETURNING \(sql: RunRecord.columns)
            """)
        guard let row = rows.first else {
            throw DatabaseError.conflict("run \(record.id) was changed by another at the same time")
        }
        return try RunRecord(row)
    }

    /// Records that a worker which no longer holds a run tried to write to it. Nothing else changes.
    package static func recordStale(
        _ run: ID<OperationRun>, fence: Int64, at now: Timestamp, in transaction: any Transaction
    ) throws {
        let rows = try transaction.query(
            "UPDATE operation_runs SET events = events + 1 WHERE id = \(run) RETURNING events")
        guard let sequence = try rows.first?.integer("events") else { return }
        try RunEvents.append([NewEvent(.staleWriteRefused, of: run, at: sequence, fence)], now, transaction)
    }
}

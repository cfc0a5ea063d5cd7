package import SlipwayDomain
package import SlipwaySQL

/// The statements of the gate: what a decision reads, and what it writes.
package enum RunStart {
    /// What is active among these identities and scopes, seen at one moment.
    package struct Active: Sendable {
        package var byIdentity: [String: ActiveRun] = [:]
        package var byScope: [String: [ScopeHold]] = [:]
    }

    /// One statement, so that no run can come or go between two halves of the answer.
    package static func active(
        identities: [String], scopes: [String], in transaction: any Transaction
    ) throws -> Active {
        let wanted = identities.map(RunHold.identity) + scopes
        let rows = try transaction.query(
            """
            SELECT h.scope, h.slot, r.id, r.identity, r.type, r.status, r.created_at, r.started_at,
                r.progress_done, r.progress_total
            FROM run_holds h JOIN operation_runs r ON r.id = h.run_id WHERE \(anyOf: wanted, in: "scope")
            """)
        var active = Active()
        for row in rows {
            let run = try activeRun(row)
            let scope = try row.text("scope")
            if scope == RunHold.identity(run.identity) {
                active.byIdentity[run.identity] = run
            } else {
                let hold = ScopeHold(scope: scope, slot: Int(try row.integer("slot")), holder: run)
                active.byScope[scope, default: []].append(hold)
            }
        }
        return active
    }

    private static func activeRun(_ row: Row) throws -> ActiveRun {
        let since = try row.value("started_at").integer ?? row.integer("created_at")
        return ActiveRun(
            id: try row.id("id"), identity: try row.text("identity"), operation: try row.text("type"),
            status: try row.state("status"), since: Timestamp(microseconds: since), progress: try row.progress())
    }

    /// A run that was decided on: accepted, with what it holds, or blocked, and over.
    package struct NewRun: Sendable {
        package let id: ID<OperationRun>
        package let request: StartRequest
        package let decision: StartDecision
        package let at: Timestamp

        /// The decision must be accepted or blocked: the others leave nothing.
        package init(id: ID<OperationRun>, request: StartRequest, decision: StartDecision, at: Timestamp) {
            self.id = id
            self.request = request
            self.decision = decision
            self.at = at
        }
    }

    /// Writes the runs, their holds and their first events. Throws `unique` when another has come between the
    /// reading and this: nothing is written then once the transaction is undone.
    ///
    /// Rows go in by identity and holds by scope, in order, so that two gates that want the same cannot wait for
    /// each other in a circle.
    package static func insert(_ runs: [NewRun], in transaction: any Transaction) throws {
        let runs = runs.sorted { $0.request.identity < $1.request.identity }
        var statements: [SQL] = []
        for part in runs.slices(for: transaction.dialect) {
            statements.append(
                """
                INSERT INTO operation_runs (id, workspace_id, tenant_id, connection_id, parent_id, origin_id, type,
                    identity, status, outcome, reason_code, cancel, attempt, losses, max_attempts, fence, events,
                    initiator_kind, initiator, surface, context, scopes, failure_summary, due_at, created_at, completed_at)
                SELECT column1, column2, column3, column4, column5, column6, column7, column8,
                    CASE WHEN column9 IS NULL THEN 'queued' ELSE 'completed' END,
                    CASE WHEN column9 IS NULL THEN 'pending' ELSE 'blocked' END, column9, 'none', 0, 0, column10, 0, 1,
                    column11, column12, column13, column14, column15, column16,
                    CASE WHEN column9 IS NULL THEN column17 END, column17,
                    CASE WHEN column9 IS NULL THEN NULL ELSE column17 END
                FROM \(rows: try part.map { try $0.row() }, .integer, .integer, .integer, .integer, .integer, .integer,
                    .text, .text, .text, .integer, .text, .text, .text, .text, .text, .text, .integer)
                """)
            statements.append(
                """
                INSERT INTO run_events (run_id, sequence, kind, outcome, reason_code, fence, detail, at)
                SELECT column1, 1, CASE WHEN column2 IS NULL THEN 'accepted' ELSE 'blocked' END,
                    CASE WHEN column2 IS NULL THEN NULL ELSE 'blocked' END, column2, 0, column3, column4
                FROM \(rows: try part.map { try $0.firstEvent() }, .integer, .text, .text, .integer)
                """)
        }
        let holds = runs.flatMap(\.holds).sorted { ($0.scope, $0.slot) < ($1.scope, $1.slot) }
        for part in holds.slices(for: transaction.dialect) {
            statements.append(
                """
                INSERT INTO run_holds (scope, slot, run_id) SELECT column1, column2, column3
                FROM \(rows: part.map { [.text($0.scope), $0.slot.sqlValue, $0.run.sqlValue] }, .text, .integer, .integer)
                """)
        }
        try transaction.follow(with: statements)
    }
}

extension RunStart.NewRun {
    fileprivate var holds: [(scope: String, slot: Int, run: ID<OperationRun>)] {
        guard case .accepted(let slots) = decision else { return [] }
        return [(RunHold.identity(request.identity), 0, id)] + slots.map { ($0.scope, $0.slot, id) }
    }

    private var blockers: [Blocker] {
        if case .blocked(let blockers) = decision { blockers } else { [] }
    }

    /// Nil for a run that was accepted.
    private var reason: SQLValue { (blockers.first?.reason.rawValue).sqlValue }

    fileprivate func row() throws -> [SQLValue] {
        let failures: String? = try blockers.isEmpty ? nil : DecisionReceipt.blockers(blockers).text()
        return [
            id.sqlValue, request.workspace.sqlValue, request.tenant.sqlValue, request.connection.sqlValue,
            (request.parent?.run).sqlValue, (request.parent?.origin ?? id).sqlValue, .text(request.operation.type),
            .text(request.identity), reason, request.operation.retry.attempts.sqlValue,
            .text(request.initiator.kind.rawValue), .text(request.initiator.name), .text(request.surface),
            .text(try DecisionReceipt.context(of: request).text()),
            .text(request.scopes.map(\.name).joined(separator: "\n")), failures.sqlValue, at.sqlValue,
        ]
    }

    fileprivate func firstEvent() throws -> [SQLValue] {
        [id.sqlValue, reason, .text(try DecisionReceipt(decision).json.text()), at.sqlValue]
    }
}

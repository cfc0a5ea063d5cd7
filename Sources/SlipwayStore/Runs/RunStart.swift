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
        let rows = try transaction.query(
            """
            SELECT NULL AS scope, 0 AS slot, r.id, r.identity, r.type, r.status, r.created_at, r.started_at,
                r.progress_done, r.progress_total
            FROM operation_runs r WHERE \(anyOf: identities, in: "identity") AND r.status <> 'completed'
            UNION ALL
            SELECT h.scope, h.slot, r.id, r.identity, r.type, r.status, r.created_at, r.started_at,
                r.progress_done, r.progress_total
            FROM run_holds h JOIN operation_runs r ON r.id = h.run_id WHERE \(anyOf: scopes, in: "scope")
            """)
        var active = Active()
        for row in rows {
            let run = try activeRun(row)
            if let scope = try row.textIfAny("scope") {
                let hold = ScopeHold(scope: scope, slot: Int(try row.integer("slot")), holder: run)
                active.byScope[scope, default: []].append(hold)
            }
            active.byIdentity[run.identity] = run
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
        for part in runs.inPowersOfTwo() {
            try transaction.execute(
                """
                INSERT INTO operation_runs (id, workspace_id, tenant_id, connection_id, parent_id, origin_id, type, identity,
                    status, outcome, reason_code, cancel, attempt, losses, max_attempts, fence, events, initiator_kind,
                    initiator, surface, context, failure_summary, due_at, created_at, completed_at)
                VALUES \(rows: part.map { try $0.row() })
                """)
        }
        for part in runs.inPowersOfTwo() {
            try transaction.execute(
                """
                INSERT INTO run_events (run_id, sequence, kind, outcome, reason_code, fence, detail, at)
                VALUES \(rows: part.map { try $0.firstEvent() })
                """)
        }
        for part in runs.flatMap(\.holds).sorted(by: { ($0.scope, $0.slot) < ($1.scope, $1.slot) }).inPowersOfTwo() {
            try transaction.execute(
                """
                INSERT INTO run_holds (scope, slot, run_id)
                VALUES \(rows: part.map { [$0.scope.sqlValue, $0.slot.sqlValue, $0.run.sqlValue] })
                """)
        }
    }
}

extension RunStart.NewRun {
    fileprivate var holds: [(scope: String, slot: Int, run: ID<OperationRun>)] {
        guard case .accepted(let slots) = decision else { return [] }
        return slots.map { ($0.scope, $0.slot, id) }
    }

    private var blockers: [Blocker] {
        if case .blocked(let blockers) = decision { blockers } else { [] }
    }

    private var isBlocked: Bool { !blockers.isEmpty }

    fileprivate func row() throws -> [SQLValue] {
        let failures: String? = try isBlocked ? DecisionReceipt.blockers(blockers).text() : nil
        return [
            id.sqlValue, request.workspace.sqlValue, request.tenant.sqlValue, request.connection.sqlValue,
            (request.parent?.run).sqlValue, (request.parent?.origin ?? id).sqlValue, .text(request.operation.type),
            .text(request.identity),
            .text((isBlocked ? RunStatus.completed : .queued).rawValue),
            .text((isBlocked ? RunOutcome.blocked : .pending).rawValue),
            (blockers.first?.reason.rawValue).sqlValue, .text(CancelPhase.none.rawValue), .integer(0), .integer(0),
            request.operation.retry.attempts.sqlValue, .integer(0), .integer(1),
            .text(request.initiator.kind.rawValue), .text(request.initiator.name), .text(request.surface),
            .text(try DecisionReceipt.context(of: request).text()), failures.sqlValue, at.sqlValue, at.sqlValue,
            isBlocked ? at.sqlValue : .null,
        ]
    }

    fileprivate func firstEvent() throws -> [SQLValue] {
        let event: RunEvent = blockers.first.map { .blocked($0.reason) } ?? .accepted
        return [
            id.sqlValue, .integer(1), .text(event.kind.rawValue),
            isBlocked ? .text(RunOutcome.blocked.rawValue) : .null, (blockers.first?.reason.rawValue).sqlValue,
            .integer(0), .text(try DecisionReceipt(request: request, decision: decision).json.text()), at.sqlValue,
        ]
    }
}

extension Array {
    /// The elements in slices whose lengths are powers of two, at most 128: so that a statement over many rows has
    /// few texts, and each engine prepares it once.
    func inPowersOfTwo() -> [ArraySlice<Element>] {
        var slices: [ArraySlice<Element>] = []
        var rest = self[...]
        while !rest.isEmpty {
            let length = Swift.min(1 << (Int.bitWidth - 1 - rest.count.leadingZeroBitCount), 128)
            slices.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return slices
    }
}

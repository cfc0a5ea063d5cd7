package import SlipwayDomain
package import SlipwaySQL

/// What is read of runs.
package enum RunReads {
    package static func run(
        _ id: ID<OperationRun>, in transaction: any Transaction
    ) throws -> RunRecord? {
        try transaction.query("SELECT \(sql: RunRecord.columns) FROM operation_runs WHERE id = \(id)")
            .first.map(RunRecord.init)
    }

    /// The run, if the scope covers it.
    package static func run(
        _ id: ID<OperationRun>, for scope: AccessScope, in transaction: any Transaction
    ) throws -> RunRecord? {
        try transaction.query(
            "SELECT \(sql: RunRecord.columns) FROM operation_runs WHERE id = \(id) AND \(sql: .visible(to: scope))"
        ).first.map(RunRecord.init)
    }

    package static func mark(
        of run: ID<OperationRun>, for scope: AccessScope, _ transaction: any Transaction
    ) throws -> RunMark? {
        try transaction.query(
            """
            SELECT events, progress_done, progress_total FROM operation_runs
            WHERE id = \(run) AND \(sql: .visible(to: scope))
            """
        ).first.map { row in RunMark(events: try row.integer("events"), progress: try row.progress()) }
    }

    /// Which runs a list shows.
    package struct Filter: Sendable {
        package var scope: AccessScope
        package var tenant: ID<Tenant>?
        package var status: RunStatus?
        package var type: String?

        package init(
            _ scope: AccessScope, tenant: ID<Tenant>? = nil, status: RunStatus? = nil, type: String? = nil
        ) {
            self.scope = scope
            self.tenant = tenant
            self.status = status
            self.type = type
        }
    }

    /// Runs, newest first, from before a run on.
    package static func list(
        _ filter: Filter, before: ID<OperationRun>? = nil, limit: Int, in transaction: any Transaction
    ) throws -> [RunRecord] {
        var condition = SQL.visible(to: filter.scope)
        if let tenant = filter.tenant { condition = condition + " AND tenant_id = \(tenant)" }
        if let status = filter.status { condition = condition + " AND status = \(status.rawValue)" }
        if let type = filter.type { condition = condition + " AND type = \(type)" }
        if let before { condition = condition + " AND id < \(before)" }
        return try transaction.query(
            """
            SELECT \(sql: RunRecord.columns) FROM operation_runs WHERE \(sql: condition)
            ORDER BY id DESC LIMIT \(limit)
            """
        ).map(RunRecord.init)
    }

    package static func items(
        of run: ID<OperationRun>, in transaction: any Transaction
    ) throws -> [(item: RunItem, facts: JSONValue?)] {
        try transaction.query(
            "SELECT item, status, reason_code, facts FROM run_items WHERE run_id = \(run) ORDER BY position"
        ).map { row in
            (
                RunItem(
                    key: try row.text("item"), status: try row.state("status"),
                    reason: try row.stateIfAny("reason_code")),
                try row.jsonIfAny("facts")
            )
        }
    }

    /// What is known of the changes behind the items of a run and of those it retries, by item.
    package static func effects(
        ofOrigin origin: ID<OperationRun>, in transaction: any Transaction
    ) throws -> [String: EffectState] {
        let rows = try transaction.query("SELECT item, state FROM run_effects WHERE origin_id = \(origin)")
        return try Dictionary(
            rows.map { row in (try row.text("item"), try row.state("state")) }, uniquingKeysWith: { $1 })
    }

    /// The events of a run after a sequence, oldest first.
    package static func events(
        of run: ID<OperationRun>, after sequence: Int64 = 0, limit: Int = 1000, in transaction: any Transaction
    ) throws -> [RecordedEvent] {
        try transaction.query(
            """
            SELECT sequence, kind, outcome, reason_code, fence, detail, at FROM run_events
            WHERE run_id = \(run) AND sequence > \(sequence) ORDER BY sequence LIMIT \(limit)
            """
        ).map(RecordedEvent.init)
    }
}

/// How far a run's history and progress are: another when there is something new.
package struct RunMark: Sendable, Hashable {
    let events: Int64
    let progress: RunProgress?
}

/// An event as it lies in a run's history.
package struct RecordedEvent: Sendable, Hashable {
    package let sequence: Int64
    package let kind: RunEvent.Kind
    package let outcome: RunOutcome?
    package let reason: ReasonCode?
    package let fence: Int64
    package let detail: JSONValue?
    package let at: Timestamp

    init(_ row: Row) throws {
        sequence = try row.integer("sequence")
        kind = try row.state("kind")
        outcome = try row.stateIfAny("outcome")
        reason = try row.stateIfAny("reason_code")
        fence = try row.integer("fence")
        detail = try row.jsonIfAny("detail")
        at = try row.moment("at")
    }

    /// The event itself, to fold.
    package var event: RunEvent {
        switch kind {
        case .accepted: .accepted
        case .blocked: .blocked(reason ?? .internalFault)
        case .claimed: .claimed
        case .cancelRequested: .cancelRequested
        case .cancelAcknowledged: .cancelAcknowledged
        case .retryScheduled: .retryScheduled(reason ?? .internalFault)
        case .interrupted: .interrupted
        case .workerLost: .workerLost
        case .finished: .finished(outcome ?? .failed, reason)
        case .staleWriteRefused: .staleWriteRefused
        }
    }
}

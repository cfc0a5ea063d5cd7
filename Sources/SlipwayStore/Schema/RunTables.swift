import SlipwayDomain
import SlipwaySQL

extension Schema {
    static let runs = Migration("0004 runs", runTable + heldAndDone + [workers])

    // No index but the key has a column that changes while a run is carried out, `due_at` apart, which a claim clears:
    // so most updates touch no index at all.
    private static let runTable: [SQL] = [
        """
        CREATE TABLE operation_runs (
            id \(.key),
            workspace_id BIGINT NOT NULL,
            tenant_id BIGINT,
            connection_id BIGINT,
            parent_id BIGINT,
            origin_id BIGINT NOT NULL,
            type TEXT NOT NULL,
            identity TEXT NOT NULL,
            status TEXT NOT NULL \(check: "status", among: RunStatus.self),
            outcome TEXT NOT NULL \(check: "outcome", among: RunOutcome.self),
            reason_code TEXT,
            cancel TEXT NOT NULL \(check: "cancel", among: CancelPhase.self),
            attempt BIGINT NOT NULL,
            losses BIGINT NOT NULL,
            max_attempts BIGINT NOT NULL,
            fence BIGINT NOT NULL,
            worker_id BIGINT,
            events BIGINT NOT NULL,
            initiator_kind TEXT NOT NULL \(check: "initiator_kind", among: Initiator.Kind.self),
            initiator TEXT NOT NULL,
            surface TEXT NOT NULL,
            context TEXT NOT NULL,
            scopes TEXT NOT NULL,
            progress_done BIGINT,
            progress_total BIGINT,
            summary_counts TEXT,
            failure_summary TEXT,
            due_at BIGINT,
            created_at BIGINT NOT NULL,
            started_at BIGINT,
            completed_at BIGINT,
            CHECK ((status = 'queued') = (due_at IS NOT NULL)),
            CHECK ((status = 'running') = (worker_id IS NOT NULL)),
            CHECK ((status = 'completed') = (completed_at IS NOT NULL)),
            CHECK ((status = 'completed') = (outcome <> 'pending'))
        )\(.roomForUpdates)
        """,
        """
        CREATE INDEX operation_runs_due_idx ON operation_runs (due_at, id)
        WHERE due_at IS NOT NULL AND losses = 0
        """,
        """
        CREATE INDEX operation_runs_suspect_idx ON operation_runs (due_at, id)
        WHERE due_at IS NOT NULL AND losses > 0
        """,
        "CREATE INDEX operation_runs_tenant_idx ON operation_runs (tenant_id, id) WHERE tenant_id IS NOT NULL",
    ]

    // What an active run has for itself: its identity, as the scope `=…`, and its protected scopes. The key is what
    // makes two starts of the same work, or of work in the same scope, impossible, whatever either of them has read.
    //
    // Holds and events are written with their run or in the transaction that changes it, many at a time; a foreign key
    // would look each run up again.
    private static let heldAndDone: [SQL] = [
        """
        CREATE TABLE run_holds (
            scope TEXT NOT NULL,
            slot BIGINT NOT NULL,
            run_id BIGINT NOT NULL,
            PRIMARY KEY (scope, slot)
        )\(.inKeyOrder)
        """,
        """
        CREATE TABLE run_items (
            run_id BIGINT NOT NULL REFERENCES operation_runs (id),
            position BIGINT NOT NULL,
            item TEXT NOT NULL,
            status TEXT NOT NULL \(check: "status", among: ItemStatus.self),
            reason_code TEXT,
            facts TEXT,
            PRIMARY KEY (run_id, position)
        )
        """,
        "CREATE UNIQUE INDEX run_items_item_key ON run_items (run_id, item)",
        """
        CREATE TABLE run_effects (
            effect_key TEXT NOT NULL PRIMARY KEY,
            origin_id BIGINT NOT NULL REFERENCES operation_runs (id),
            item TEXT NOT NULL,
            state TEXT NOT NULL \(check: "state", among: EffectState.self),
            fence BIGINT NOT NULL,
            intended_at BIGINT NOT NULL,
            settled_at BIGINT
        )
        """,
        "CREATE INDEX run_effects_origin_idx ON run_effects (origin_id)",
        // The run's history and the outbox in one: (run_id, sequence) is the event's stable id.
        """
        CREATE TABLE run_events (
            run_id BIGINT NOT NULL,
            sequence BIGINT NOT NULL,
            kind TEXT NOT NULL \(check: "kind", among: RunEvent.Kind.self),
            outcome TEXT,
            reason_code TEXT,
            fence BIGINT NOT NULL,
            detail TEXT,
            at BIGINT NOT NULL,
            PRIMARY KEY (run_id, sequence)
        )\(.inKeyOrder)
        """,
    ]

    private static let workers: SQL =
        """
        CREATE TABLE workers (
            id \(.key),
            host TEXT NOT NULL,
            process TEXT NOT NULL,
            beats BIGINT NOT NULL,
            started_at BIGINT NOT NULL
        )
        """
}

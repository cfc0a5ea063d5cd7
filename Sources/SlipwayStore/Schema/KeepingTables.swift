import SlipwaySQL

extension Schema {
    /// What is remembered of starts beyond their runs, what of old runs is not kept for ever, and how retries wait.
    static let keeping = Migration(
        "0006 start keys, pruning, pauses",
        [
            // The name comes first: it is what tells keys apart, and rows of one request are looked up by it alone.
            """
            CREATE TABLE start_keys (
                name TEXT NOT NULL,
                owner TEXT NOT NULL,
                workspace_id BIGINT NOT NULL,
                fingerprint TEXT NOT NULL,
                decision TEXT NOT NULL,
                run_id BIGINT,
                at BIGINT NOT NULL,
                PRIMARY KEY (name, owner, workspace_id)
            )\(.inKeyOrder)
            """,
            "CREATE INDEX start_keys_owner_idx ON start_keys (owner, at)",
            "ALTER TABLE operation_runs ADD COLUMN pruned_at BIGINT",
            // Whether a queued run waits for `due_at` or may be taken at once; then `due_at` is only its place in the line,
            // and a wall clock that is set back keeps nobody waiting.
            "ALTER TABLE operation_runs ADD COLUMN waits BIGINT NOT NULL DEFAULT 0 CHECK (waits IN (0, 1))",
            "DROP INDEX operation_runs_due_idx",
            """
            CREATE INDEX operation_runs_due_idx ON operation_runs (due_at, id)
            WHERE due_at IS NOT NULL AND losses = 0 AND waits = 0
            """,
            "CREATE INDEX operation_runs_waiting_idx ON operation_runs (due_at, id) WHERE waits = 1",
            "CREATE INDEX operation_runs_retries_idx ON operation_runs (origin_id) WHERE origin_id <> id",
        ])
}

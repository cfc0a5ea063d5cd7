import SlipwaySQL

extension Schema {
    /// What is remembered of starts beyond their runs, and what of old runs is not kept for ever.
    static let keeping = Migration(
        "0006 start keys and pruning",
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
            )
            """,
            "CREATE INDEX start_keys_owner_idx ON start_keys (owner, at)",
            "ALTER TABLE operation_runs ADD COLUMN pruned_at BIGINT",
            "CREATE INDEX operation_runs_retries_idx ON operation_runs (origin_id) WHERE origin_id <> id",
        ])
}

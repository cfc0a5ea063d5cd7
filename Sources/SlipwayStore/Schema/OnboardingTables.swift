import SlipwayDomain
import SlipwaySQL

extension Schema {
    static let onboarding = Migration(
        "0005 onboarding and restores",
        [
            """
            CREATE TABLE onboarding_sessions (
                id \(.key),
                workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
                tenant_id BIGINT NOT NULL REFERENCES tenants (id),
                created_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE restore_runs (
                id \(.key),
                workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
                tenant_id BIGINT NOT NULL REFERENCES tenants (id),
                created_at BIGINT NOT NULL
            )
            """,
            // The operations of a bootstrap, in order: each goes to the gate when the one before it has succeeded.
            """
            CREATE TABLE bootstrap_steps (
                session_id BIGINT NOT NULL REFERENCES onboarding_sessions (id),
                position BIGINT NOT NULL,
                operation TEXT NOT NULL,
                connection_id BIGINT NOT NULL,
                initiator TEXT NOT NULL,
                surface TEXT NOT NULL,
                state TEXT NOT NULL \(check: "state", among: BootstrapState.self),
                run_id BIGINT,
                reason_code TEXT,
                PRIMARY KEY (session_id, position)
            )
            """,
            "CREATE INDEX bootstrap_steps_state_idx ON bootstrap_steps (state, session_id)",
        ])
}

import SlipwayDomain
import SlipwaySQL

extension Schema {
    static let access = Migration(
        "0007 members, tokens, sessions, access log",
        [
            """
            CREATE TABLE members (
                id \(.key),
                workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
                issuer TEXT NOT NULL,
                subject TEXT NOT NULL,
                kind TEXT NOT NULL \(check: "kind", among: MemberKind.self),
                name TEXT NOT NULL,
                role TEXT NOT NULL,
                sees_all BIGINT NOT NULL CHECK (sees_all IN (0, 1)),
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX members_identity_key ON members (issuer, subject, workspace_id)",
            """
            CREATE TABLE member_tenants (
                member_id BIGINT NOT NULL REFERENCES members (id),
                tenant_id BIGINT NOT NULL REFERENCES tenants (id),
                PRIMARY KEY (member_id, tenant_id)
            )\(.inKeyOrder)
            """,
            // `tenants` and `capabilities` are lists in JSON; null stands for all that the member has.
            """
            CREATE TABLE api_tokens (
                id \(.key),
                workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
                member_id BIGINT NOT NULL REFERENCES members (id),
                name TEXT NOT NULL,
                digest TEXT NOT NULL,
                capabilities TEXT,
                tenants TEXT,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                revoked_at BIGINT,
                used_at BIGINT
            )
            """,
            "CREATE INDEX api_tokens_member_idx ON api_tokens (member_id, id)",
            // The cookie's value is not here, only its digest. `sealed` is what the provider gave, under our key.
            """
            CREATE TABLE sessions (
                digest TEXT NOT NULL PRIMARY KEY,
                workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
                member_id BIGINT NOT NULL REFERENCES members (id),
                created_at BIGINT NOT NULL,
                seen_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                renew_at BIGINT,
                sealed \(.bytes) NOT NULL
            )
            """,
            "CREATE INDEX sessions_member_idx ON sessions (member_id)",
            // A login that was begun and has not come back. It is taken out when it does, so that it comes back once.
            """
            CREATE TABLE login_attempts (
                digest TEXT NOT NULL PRIMARY KEY,
                created_at BIGINT NOT NULL,
                sealed \(.bytes) NOT NULL
            )
            """,
            // Written in the transaction of what was allowed; its place in the chain is given soon after, in order.
            """
            CREATE TABLE access_log (
                id \(.key),
                workspace_id BIGINT NOT NULL,
                tenant_id BIGINT,
                at BIGINT NOT NULL,
                actor_kind TEXT NOT NULL \(check: "actor_kind", among: Initiator.Kind.self),
                actor TEXT NOT NULL,
                means TEXT NOT NULL,
                action TEXT NOT NULL,
                resource TEXT NOT NULL,
                decision TEXT NOT NULL \(check: "decision", among: AccessRecord.Decision.self),
                reason TEXT,
                request_id TEXT NOT NULL,
                source TEXT NOT NULL,
                position BIGINT,
                digest TEXT,
                CHECK ((position IS NULL) = (digest IS NULL))
            )
            """,
            "CREATE INDEX access_log_open_idx ON access_log (workspace_id, id) WHERE position IS NULL",
            "CREATE UNIQUE INDEX access_log_position_key ON access_log (workspace_id, position) WHERE position IS NOT NULL",
        ])
}

import SlipwaySQL

extension Schema {
    static let connections = Migration(
        "0003 connections",
        [
            """
            CREATE TABLE provider_connections (
                id \(.key),
                workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
                tenant_id BIGINT NOT NULL REFERENCES tenants (id),
                provider TEXT NOT NULL,
                entra_tenant_id TEXT NOT NULL,
                display_name TEXT NOT NULL,
                is_default BIGINT NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
                status TEXT NOT NULL DEFAULT 'needs_consent',
                health_status TEXT NOT NULL DEFAULT 'unknown',
                scopes_granted TEXT NOT NULL DEFAULT '[]',
                last_health_check_at BIGINT,
                last_error_reason_code TEXT,
                last_error_message TEXT,
                metadata TEXT NOT NULL DEFAULT '{}',
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            """
            CREATE UNIQUE INDEX provider_connections_directory_key
            ON provider_connections (tenant_id, provider, entra_tenant_id)
            """,
            """
            CREATE UNIQUE INDEX provider_connections_default_unique
            ON provider_connections (tenant_id, provider) WHERE is_default = 1
            """,
            """
            CREATE TABLE provider_credentials (
                id \(.key),
                provider_connection_id BIGINT NOT NULL REFERENCES provider_connections (id),
                type TEXT NOT NULL DEFAULT 'client_secret',
                payload \(.bytes) NOT NULL,
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            """
            CREATE UNIQUE INDEX provider_credentials_connection_key
            ON provider_credentials (provider_connection_id)
            """,
        ])
}

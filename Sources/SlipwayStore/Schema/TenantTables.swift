import SlipwaySQL

extension Schema {
    static let tenants = Migration(
        "0002 tenants",
        [
            """
            CREATE TABLE workspaces (
                id \(.key),
                name TEXT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX workspaces_name_key ON workspaces (name)",
            // tenant_id and external_id are the provider's directory ids, by the contract's names.
            """
            CREATE TABLE tenants (
                id \(.key),
                workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
                name TEXT NOT NULL,
                tenant_id TEXT,
                external_id TEXT,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX tenants_workspace_name_key ON tenants (workspace_id, name)",
        ])
}

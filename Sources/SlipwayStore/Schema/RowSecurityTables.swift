import SlipwaySQL

extension Schema {
    static let rowSecurity = Migration(
        "0008 row security", [],
        postgres: [RowSecurity.makeRole] + RowSecurity.firstTables.flatMap(\.statements)
            + ["GRANT SELECT ON slipway_migrations TO slipway_app"])
}

extension RowSecurity {
    /// Every table but the list of migrations, which says nothing of anybody. A newer one is added here, and its
    /// statements to the migration that makes it.
    static let tables = firstTables + Schema.providerTables + Schema.journeyTables

    fileprivate static let firstTables: [RowSecurity] = [
        RowSecurity("workspaces", .workspace("id")),
        RowSecurity("tenants", .tenant(workspace: "workspace_id", "id")),
        RowSecurity("provider_connections", .tenant(workspace: "workspace_id", "tenant_id")),
        RowSecurity("provider_credentials", .parent("provider_connections", by: "provider_connection_id")),
        RowSecurity("operation_runs", .tenant(workspace: "workspace_id", "tenant_id")),
        RowSecurity("run_holds", .parent("operation_runs", by: "run_id")),
        RowSecurity("run_items", .parent("operation_runs", by: "run_id")),
        RowSecurity("run_effects", .parent("operation_runs", by: "origin_id")),
        RowSecurity("run_events", .parent("operation_runs", by: "run_id"), .adding()),
        RowSecurity("onboarding_sessions", .tenant(workspace: "workspace_id", "tenant_id")),
        RowSecurity("bootstrap_steps", .parent("onboarding_sessions", by: "session_id")),
        RowSecurity("restore_runs", .tenant(workspace: "workspace_id", "tenant_id")),
        // A member may be of several tenants, and what is kept under a start's key names none.
        RowSecurity("members", .workspace("workspace_id")),
        RowSecurity("member_tenants", .parent("members", by: "member_id")),
        RowSecurity("api_tokens", .workspace("workspace_id")),
        RowSecurity("sessions", .workspace("workspace_id")),
        RowSecurity("start_keys", .workspace("workspace_id")),
        RowSecurity(
            "access_log", .tenant(workspace: "workspace_id", "tenant_id"), .adding(changing: ["position", "digest"])),
        // One chain for the whole installation, and workers that serve all of it.
        RowSecurity("evidence", .system, .adding()),
        RowSecurity("login_attempts", .system),
        RowSecurity("workers", .system),
    ]

    /// Roles belong to the whole server: another database of it may have made this one, or be making it now.
    static let makeRole: SQL = """
        DO $$
        DECLARE
            become TEXT := CASE WHEN current_setting('server_version_num')::INT >= 160000 THEN 'SET' ELSE 'MEMBER' END;
        BEGIN
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'slipway_app') THEN
                    CREATE ROLE slipway_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
                END IF;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END;
            IF NOT pg_has_role('slipway_app', become) THEN
                GRANT slipway_app TO CURRENT_USER;
            END IF;
            EXECUTE format('GRANT USAGE ON SCHEMA %I TO slipway_app', current_schema());
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE EXCEPTION 'the login % may not make the role slipway_app or become it: have an administrator run CREATE ROLE slipway_app NOLOGIN; GRANT slipway_app TO %', current_user, quote_ident(current_user)
                USING ERRCODE = 'insufficient_privilege';
        END $$
        """
}

import SlipwayDomain
import SlipwaySQL

extension Schema {
    /// Connections as a check finds them, credentials in versions, what is brought from directories, and the fields that
    /// tenants had before there were connections.
    static let providers = Migration(
        "0010 providers", columns + tables, postgres: providerTables.flatMap(\.statements))

    private static let columns: [SQL] = [
        """
        ALTER TABLE provider_connections ADD COLUMN mode TEXT NOT NULL DEFAULT 'production'
        \(check: "mode", among: ProviderMode.self)
        """,
        "ALTER TABLE provider_connections ADD COLUMN endpoints TEXT NOT NULL DEFAULT '{}'",
        """
        ALTER TABLE provider_connections ADD COLUMN consent_status TEXT NOT NULL DEFAULT 'unknown'
        \(check: "consent_status", among: ConsentStatus.self)
        """,
        "ALTER TABLE provider_connections ADD COLUMN certificate TEXT",
        // A payload names its key; the columns repeat it, so that what is on an old key is found without opening any.
        "ALTER TABLE provider_credentials ADD COLUMN version BIGINT NOT NULL DEFAULT 1",
        "ALTER TABLE provider_credentials ADD COLUMN key_ring TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE provider_credentials ADD COLUMN key_version BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE provider_credentials ADD COLUMN fingerprint TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE provider_credentials ADD COLUMN expires_at BIGINT",
        "CREATE INDEX provider_credentials_key_idx ON provider_credentials (key_ring, key_version, id)",
        // The copy of the directory that a restore goes back to, and whether what was added since goes away.
        "ALTER TABLE restore_runs ADD COLUMN snapshot TEXT NOT NULL DEFAULT 'all_groups_v1'",
        "ALTER TABLE restore_runs ADD COLUMN removes_added BIGINT NOT NULL DEFAULT 0 CHECK (removes_added IN (0, 1))",
        // Of the days before connections; read by the way off them and by nothing else.
        "ALTER TABLE tenants ADD COLUMN app_client_id TEXT",
        "ALTER TABLE tenants ADD COLUMN app_client_secret TEXT",
        "ALTER TABLE tenants ADD COLUMN app_certificate_thumbprint TEXT",
        "ALTER TABLE tenants ADD COLUMN app_notes TEXT",
    ]

    private static let tables: [SQL] = [
        // The version before the current one, for as long as it may be gone back to.
        """
        CREATE TABLE earlier_credentials (
            id \(.key),
            provider_connection_id BIGINT NOT NULL REFERENCES provider_connections (id),
            type TEXT NOT NULL \(check: "type", among: CredentialKind.self),
            version BIGINT NOT NULL,
            payload \(.bytes) NOT NULL,
            key_ring TEXT NOT NULL,
            key_version BIGINT NOT NULL,
            fingerprint TEXT NOT NULL,
            expires_at BIGINT,
            usable_until BIGINT NOT NULL
        )
        """,
        "CREATE UNIQUE INDEX earlier_credentials_connection_key ON earlier_credentials (provider_connection_id)",
        "CREATE INDEX earlier_credentials_key_idx ON earlier_credentials (key_ring, key_version, id)",
        """
        CREATE TABLE connection_events (
            id \(.key),
            connection_id BIGINT NOT NULL REFERENCES provider_connections (id),
            kind TEXT NOT NULL \(check: "kind", among: ConnectionEvent.Kind.self),
            detail TEXT NOT NULL,
            actor TEXT NOT NULL,
            at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX connection_events_connection_idx ON connection_events (connection_id, id)",
        """
        CREATE TABLE directory_copies (
            id \(.key),
            workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
            tenant_id BIGINT NOT NULL REFERENCES tenants (id),
            connection_id BIGINT NOT NULL REFERENCES provider_connections (id),
            collection TEXT NOT NULL \(check: "collection", among: DirectoryCollection.self),
            selection TEXT NOT NULL,
            cursor TEXT,
            run_id BIGINT,
            finished_at BIGINT
        )
        """,
        "CREATE UNIQUE INDEX directory_copies_key ON directory_copies (connection_id, collection, selection)",
        """
        CREATE TABLE directory_objects (
            copy_id BIGINT NOT NULL REFERENCES directory_copies (id),
            external_id TEXT NOT NULL,
            name TEXT NOT NULL,
            body TEXT NOT NULL,
            run_id BIGINT NOT NULL,
            seen_at BIGINT NOT NULL,
            removed_at BIGINT,
            PRIMARY KEY (copy_id, external_id)
        )\(.inKeyOrder)
        """,
    ]

    static let providerTables: [RowSecurity] = [
        RowSecurity("earlier_credentials", .parent("provider_connections", by: "provider_connection_id")),
        RowSecurity("connection_events", .parent("provider_connections", by: "connection_id")),
        RowSecurity("directory_copies", .tenant(workspace: "workspace_id", "tenant_id")),
        RowSecurity("directory_objects", .parent("directory_copies", by: "copy_id")),
    ]
}

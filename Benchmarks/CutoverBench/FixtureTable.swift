/// A table of the fixture, as it is declared in SQLite and as the floor's plain table in PostgreSQL.
struct FixtureTable {
    struct Column {
        let name: String
        let sqlite: String
        let postgres: String
    }

    let name: String
    let columns: [Column]
    /// The column that refers to another table's key, and that table.
    var reference: (column: String, table: String)?

    static let all = [users, orders, ledger, auditEvents]

    static let users = FixtureTable(
        name: "users",
        columns: [
            key, tenant, text("email"), text("display_name"), text("role"), text("locale"), time("created_at"),
            Column(name: "last_login_at", sqlite: "TIMESTAMP", postgres: "timestamp"),
        ])

    static let orders = FixtureTable(
        name: "orders",
        columns: [
            key, tenant,
            Column(name: "user_id", sqlite: "INTEGER NOT NULL REFERENCES users(id)", postgres: "bigint NOT NULL"),
            text("reference"), text("status"), real("weight"), Column(name: "note", sqlite: "TEXT", postgres: "text"),
            time("created_at"),
        ],
        reference: ("user_id", "users"))

    static let ledger = FixtureTable(
        name: "ledger",
        columns: [
            key, tenant,
            Column(name: "order_id", sqlite: "INTEGER NOT NULL REFERENCES orders(id)", postgres: "bigint NOT NULL"),
            text("account"), text("currency"), real("amount"), text("memo"), time("booked_at"),
        ],
        reference: ("order_id", "orders"))

    static let auditEvents = FixtureTable(
        name: "audit_events",
        columns: [
            key, tenant, text("actor"), text("action"), text("subject"), text("request_id"),
            Column(name: "payload", sqlite: "JSON NOT NULL", postgres: "json NOT NULL"), time("created_at"),
        ])

    private static let key = Column(name: "id", sqlite: "INTEGER PRIMARY KEY", postgres: "bigint NOT NULL")
    private static let tenant = text("tenant_id")

    private static func text(_ name: String) -> Column {
        Column(name: name, sqlite: "TEXT NOT NULL", postgres: "text NOT NULL")
    }

    private static func real(_ name: String) -> Column {
        Column(name: name, sqlite: "REAL NOT NULL", postgres: "double precision NOT NULL")
    }

    private static func time(_ name: String) -> Column {
        Column(name: name, sqlite: "TIMESTAMP NOT NULL", postgres: "timestamp NOT NULL")
    }
}

extension FixtureTable {
    var realColumn: String? { columns.first { $0.sqlite.hasPrefix("REAL") }?.name }

    var sqliteSQL: String { createSQL(\.sqlite) }

    var plainSQL: String { createSQL(\.postgres) + ";" }

    var keySQL: String { "ALTER TABLE \(name) ADD PRIMARY KEY (id);" }

    var tenantIndexSQL: String { "CREATE INDEX \(name)_tenant ON \(name) (tenant_id);" }

    var referenceSQL: String? {
        reference.map { "ALTER TABLE \(name) ADD FOREIGN KEY (\($0.column)) REFERENCES \($0.table) (id);" }
    }

    private func createSQL(_ type: KeyPath<Column, String>) -> String {
        let list = columns.map { "\($0.name) \($0[keyPath: type])" }.joined(separator: ", ")
        return "CREATE TABLE \(name) (\(list))"
    }

    /// Rows are a tenant's own for every role, the owner too.
    var policySQL: String {
        """
        ALTER TABLE \(name) ENABLE ROW LEVEL SECURITY;
        ALTER TABLE \(name) FORCE ROW LEVEL SECURITY;
        CREATE POLICY \(name)_tenant ON \(name) USING (tenant_id = current_setting('bench.tenant', true));
        GRANT SELECT ON \(name) TO PUBLIC;
        """
    }
}

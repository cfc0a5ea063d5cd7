/// Something on the server that is not as everything written about it says.
struct SeededLie: Sendable {
    let name: String
    /// Makes it so, and undoes it. `{s}` stands for the schema, `{app}` and `{owner}` for the roles.
    let make: [String]
    let undo: [String]
    /// What the finding has to name.
    let named: String

    private init(_ name: String, named: String, _ make: [String], undo: [String]) {
        self.name = name
        self.make = make
        self.undo = undo
        self.named = named
    }

    private static let rule = "tenant_id = (SELECT nullif(current_setting('slipway.tenant', true), ''))"
    private static let policy =
        "CREATE POLICY slipway_tenant ON {s}.orders USING (\(rule)) WITH CHECK (\(rule))"

    static let all = tables + policies + roles + around

    private static let tables = [
        SeededLie(
            "row security is off on one table", named: "payments: row security is off",
            ["ALTER TABLE {s}.payments DISABLE ROW LEVEL SECURITY"],
            undo: ["ALTER TABLE {s}.payments ENABLE ROW LEVEL SECURITY"]),
        SeededLie(
            "row security binds all but the owner", named: "payments: row security is not forced",
            ["ALTER TABLE {s}.payments NO FORCE ROW LEVEL SECURITY"],
            undo: ["ALTER TABLE {s}.payments FORCE ROW LEVEL SECURITY"]),
        SeededLie(
            "the application owns a table", named: "dispatch belongs to the application",
            ["GRANT CREATE ON SCHEMA {s} TO {app}", "ALTER TABLE {s}.dispatch OWNER TO {app}"],
            undo: [
                "ALTER TABLE {s}.dispatch OWNER TO {owner}", "REVOKE CREATE ON SCHEMA {s} FROM {app}",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON {s}.dispatch TO {app}",
            ]),
        SeededLie(
            "a table is not there", named: "risk_events is not there",
            ["ALTER TABLE {s}.risk_events RENAME TO risk_events_old"],
            undo: ["ALTER TABLE {s}.risk_events_old RENAME TO risk_events"]),
    ]

    private static let policies = [
        SeededLie(
            "one table has no policy", named: "orders: there is no policy",
            ["DROP POLICY slipway_tenant ON {s}.orders"], undo: [policy]),
        SeededLie(
            "a second policy shows everything", named: "orders: policy everything reads rows by another rule",
            ["CREATE POLICY everything ON {s}.orders FOR SELECT USING (true)"],
            undo: ["DROP POLICY everything ON {s}.orders"]),
        SeededLie(
            "a policy lets everything be written", named: "orders: policy slipway_tenant does not check",
            ["ALTER POLICY slipway_tenant ON {s}.orders WITH CHECK (true)"],
            undo: ["DROP POLICY slipway_tenant ON {s}.orders", policy]),
        SeededLie(
            "a policy has no WITH CHECK", named: "orders: policy slipway_tenant does not check",
            [
                "DROP POLICY slipway_tenant ON {s}.orders",
                "CREATE POLICY slipway_tenant ON {s}.orders USING (\(rule))",
            ], undo: ["DROP POLICY slipway_tenant ON {s}.orders", policy]),
        SeededLie(
            "a policy reads another setting", named: "orders: policy slipway_tenant reads rows by another rule",
            ["ALTER POLICY slipway_tenant ON {s}.orders USING (tenant_id = current_setting('app.tenant', true))"],
            undo: ["DROP POLICY slipway_tenant ON {s}.orders", policy]),
        SeededLie(
            "a policy names the setting and ignores it", named: "orders",
            [
                "ALTER POLICY slipway_tenant ON {s}.orders USING (\(rule) OR current_setting('slipway.tenant', true) IS NOT NULL)"
            ], undo: ["DROP POLICY slipway_tenant ON {s}.orders", policy]),
        SeededLie(
            "a policy is written for another role", named: "orders: a row of another tenant",
            [
                "DROP POLICY slipway_tenant ON {s}.orders",
                "CREATE POLICY slipway_tenant ON {s}.orders TO {owner} USING (\(rule)) WITH CHECK (\(rule))",
                "CREATE POLICY open ON {s}.orders TO {app} USING (\(rule)) WITH CHECK (\(rule) OR tenant_id LIKE 'slipway-probe%')",
            ], undo: ["DROP POLICY slipway_tenant ON {s}.orders", "DROP POLICY open ON {s}.orders", policy]),
    ]

    private static let roles = [
        SeededLie(
            "the application may not read its own table", named: "payments cannot be read by the application",
            ["REVOKE SELECT ON {s}.payments FROM {app}"], undo: ["GRANT SELECT ON {s}.payments TO {app}"]),
        SeededLie(
            "the application is a superuser", named: "is a superuser", ["ALTER ROLE {app} SUPERUSER"],
            undo: ["ALTER ROLE {app} NOSUPERUSER"]),
        SeededLie(
            "the application bypasses row security", named: "bypasses row security", ["ALTER ROLE {app} BYPASSRLS"],
            undo: ["ALTER ROLE {app} NOBYPASSRLS"]),
        SeededLie(
            "the application may make roles", named: "may make roles", ["ALTER ROLE {app} CREATEROLE"],
            undo: ["ALTER ROLE {app} NOCREATEROLE"]),
        SeededLie(
            "the application may become the owner", named: "may become {owner}", ["GRANT {owner} TO {app}"],
            undo: ["REVOKE {owner} FROM {app}"]),
        SeededLie(
            "the application may become one that bypasses", named: "may become {app}_power",
            ["CREATE ROLE {app}_power NOLOGIN BYPASSRLS", "GRANT {app}_power TO {app}"],
            undo: ["REVOKE {app}_power FROM {app}", "DROP ROLE {app}_power"]),
        SeededLie(
            "sessions begin with a tenant", named: "begin with slipway.tenant=bfg",
            ["ALTER ROLE {app} SET slipway.tenant = 'bfg'"], undo: ["ALTER ROLE {app} RESET slipway.tenant"]),
    ]

    private static let around = [
        SeededLie(
            "a view reads as its owner", named: "all_orders is read as its owner",
            ["CREATE VIEW {s}.all_orders AS SELECT * FROM {s}.orders", "GRANT SELECT ON {s}.all_orders TO {app}"],
            undo: ["DROP VIEW {s}.all_orders"]),
        SeededLie(
            "a copy of the rows is outside of row security", named: "orders_copy is open to the application",
            ["CREATE TABLE {s}.orders_copy AS SELECT * FROM {s}.orders", "GRANT SELECT ON {s}.orders_copy TO {app}"],
            undo: ["DROP TABLE {s}.orders_copy"]),
        SeededLie(
            "a function runs as its owner", named: "peek runs as its owner",
            [
                "CREATE FUNCTION {s}.peek() RETURNS SETOF {s}.orders LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM {s}.orders'"
            ], undo: ["DROP FUNCTION {s}.peek()"]),
    ]
}

@testable import SlipwayCutover

extension HazardCorpus {
    static let relations: [HazardCase] = orphans + tenantsCrossed + undeclarable + sound

    private static let parent = """
        CREATE TABLE @p (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, name TEXT);
        INSERT INTO @p VALUES (1, 'alpha', 'one'), (2, 'beta', 'two'), (3, 'alpha', 'three');
        """

    private static let child = """
        CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, p_id INTEGER REFERENCES @p(id));
        INSERT INTO @c VALUES (1, 'alpha', 1), (2, 'beta', 2), (3, 'alpha', 3), (4, 'alpha', NULL);
        """

    private static let orphans: [HazardCase] = [
        .relation(
            "orphans", .orphan, "\(parent)\(child) INSERT INTO @c VALUES (1001, 'alpha', 99), (1002, 'beta', -1)",
            expects: ["orphan @c.p_id id=1001", "orphan @c.p_id id=1002"]),
        .relation(
            "fifty orphans", .orphan,
            "\(parent)\(child) INSERT INTO @c SELECT 1000 + value, 'alpha', 500 + value FROM generate_series(1, 50)"
                .replacing(
                    "generate_series(1, 50)",
                    with:
                        "(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 50) SELECT value FROM n)"
                ),
            expects: (1001...1050).map { "orphan @c.p_id id=\($0)" }),
        .relation(
            "orphans by text", .orphan,
            """
            CREATE TABLE @p (code TEXT PRIMARY KEY, tenant_id TEXT NOT NULL);
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, code VARCHAR(9) REFERENCES @p);
            INSERT INTO @p VALUES ('a', 'alpha'), ('', 'alpha'), ('ż', 'beta');
            INSERT INTO @c VALUES (1, 'alpha', 'a'), (2, 'alpha', ''), (3, 'beta', 'ż'), (1001, 'alpha', 'A'), (1002, 'beta', '\(HazardCase.secret)');
            """, expects: ["orphan @c.code id=1001", "orphan @c.code id=1002"]),
        .relation(
            "orphans of two columns", .orphan,
            """
            CREATE TABLE @p (tenant_id TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (tenant_id, number)) WITHOUT ROWID;
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, number INTEGER, FOREIGN KEY (tenant_id, number) REFERENCES @p);
            INSERT INTO @p VALUES ('alpha', 1), ('beta', 1);
            INSERT INTO @c VALUES (1, 'alpha', 1), (2, 'beta', 1), (3, 'alpha', NULL), (1001, 'alpha', 2), (1002, 'gamma', 1);
            """, expects: ["orphan @c.tenant_id id=1001", "orphan @c.tenant_id id=1002"]),
        .relation(
            "orphans in a tree", .orphan,
            """
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, up INTEGER REFERENCES @c(id));
            INSERT INTO @c VALUES (1, 'alpha', NULL), (2, 'alpha', 1), (3, 'alpha', 3), (1001, 'alpha', 77);
            """, expects: ["orphan @c.up id=1001"]),
        .relation(
            "the second of two keys broken", .orphan,
            """
            \(parent) CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, a INTEGER REFERENCES @p(id), b INTEGER REFERENCES @p(id));
            INSERT INTO @c VALUES (1, 'alpha', 1, 3), (1001, 'alpha', 1, 55);
            """, expects: ["orphan @c.b id=1001"]),
        .relation(
            "an orphan without rowid", .orphan,
            """
            \(parent) CREATE TABLE @c (code TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, p_id INTEGER REFERENCES @p(id)) WITHOUT ROWID;
            INSERT INTO @c VALUES ('a', 'alpha', 1), ('zz', 'alpha', 99);
            """, expects: ["orphan @c.p_id code=text of 2 bytes"]),
        .relation(
            "a parent spelled otherwise under NOCASE", .orphan,
            """
            CREATE TABLE @p (code TEXT PRIMARY KEY COLLATE NOCASE, tenant_id TEXT NOT NULL);
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, code TEXT REFERENCES @p(code));
            INSERT INTO @p VALUES ('ABC', 'alpha'); INSERT INTO @c VALUES (1, 'alpha', 'ABC'), (1001, 'alpha', 'abc');
            """, expects: ["collation @p.code", "orphan @c.code id=1001"]),
        .relation(
            "a parent with spaces under RTRIM", .orphan,
            """
            CREATE TABLE @p (code TEXT PRIMARY KEY COLLATE RTRIM, tenant_id TEXT NOT NULL);
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, code TEXT REFERENCES @p(code));
            INSERT INTO @p VALUES ('ABC', 'alpha'); INSERT INTO @c VALUES (1, 'alpha', 'ABC'), (1001, 'alpha', 'ABC  ');
            """, expects: ["collation @p.code", "orphan @c.code id=1001"]),
    ]

    private static let tenantsCrossed: [HazardCase] = [
        .relation(
            "a parent of another tenant", .crossTenant,
            "\(parent)\(child) INSERT INTO @c VALUES (1001, 'alpha', 2), (1002, 'beta', 3)",
            expects: ["cross_tenant @c.p_id id=1001", "cross_tenant @c.p_id id=1002"]),
        .relation(
            "a tree across tenants", .crossTenant,
            """
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, up INTEGER REFERENCES @c(id));
            INSERT INTO @c VALUES (1, 'alpha', NULL), (2, 'alpha', 1), (1001, 'beta', 1);
            """, expects: ["cross_tenant @c.up id=1001"]),
        .relation(
            "an orphan and a parent of another tenant", .crossTenant,
            "\(parent)\(child) INSERT INTO @c VALUES (1001, 'alpha', 2), (1002, 'beta', 99)",
            expects: ["cross_tenant @c.p_id id=1001", "orphan @c.p_id id=1002"]),
        .relation(
            "a tenant spelled otherwise under NOCASE", .crossTenant,
            """
            CREATE TABLE @p (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL COLLATE NOCASE);
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL COLLATE NOCASE, p_id INTEGER REFERENCES @p(id));
            INSERT INTO @p VALUES (1, 'alpha'); INSERT INTO @c VALUES (1, 'alpha', 1), (1001, 'ALPHA', 1);
            """, expects: ["collation @c.tenant_id", "collation @p.tenant_id", "cross_tenant @c.p_id id=1001"]),
    ]

    private static let undeclarable: [HazardCase] = [
        .relation(
            "a parent without a unique key", .foreignKey,
            """
            CREATE TABLE @p (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, code TEXT);
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, code TEXT REFERENCES @p(code));
            INSERT INTO @p VALUES (1, 'alpha', 'x'), (2, 'alpha', 'x'); INSERT INTO @c VALUES (1, 'alpha', 'x');
            """, expects: ["foreign_key @c.code"]),
        .relation(
            "a parent unique in part", .foreignKey,
            """
            CREATE TABLE @p (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, code TEXT);
            CREATE UNIQUE INDEX @p_part ON @p (code) WHERE code <> 'x';
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, code TEXT REFERENCES @p(code));
            INSERT INTO @p VALUES (1, 'alpha', 'y'); INSERT INTO @c VALUES (1, 'alpha', 'y');
            """, expects: ["foreign_key @c.code", "index @p"]),
        .relation(
            "a text for a number", .foreignKey,
            "\(parent) CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, p_id TEXT REFERENCES @p(id)); INSERT INTO @c VALUES (1, 'alpha', '1')",
            expects: ["foreign_key @c.p_id"]),
        .relation(
            "a decimal for a number", .foreignKey,
            "\(parent) CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, p_id DECIMAL(5) REFERENCES @p(id)); INSERT INTO @c VALUES (1, 'alpha', 1)",
            expects: ["foreign_key @c.p_id"]),
        .relation(
            "tenants of different types", .foreignKey,
            """
            CREATE TABLE @p (id INTEGER PRIMARY KEY, tenant_id INTEGER NOT NULL);
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, p_id INTEGER REFERENCES @p(id));
            INSERT INTO @p VALUES (1, 7); INSERT INTO @c VALUES (1, '7', 1);
            """, expects: ["foreign_key @c.p_id"]),
    ]

    private static let sound: [HazardCase] = [
        .relation("sound relations", .orphan, "\(parent)\(child)"),
        .relation(
            "relations with actions", .orphan,
            """
            \(parent) CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, a INTEGER REFERENCES @p ON DELETE CASCADE ON UPDATE CASCADE,
                b INTEGER REFERENCES @p ON DELETE SET NULL, c INTEGER REFERENCES @p DEFERRABLE INITIALLY DEFERRED);
            INSERT INTO @c VALUES (1, 'alpha', 1, 3, NULL), (2, 'beta', 2, NULL, 2);
            """, expects: ["clause @c"]),
        .relation(
            "a circle in a tree", .orphan,
            """
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, up INTEGER REFERENCES @c);
            INSERT INTO @c VALUES (1, 'alpha', 2), (2, 'alpha', 1), (3, 'beta', 3);
            """),
        .relation(
            "two tables that need each other", .orphan,
            """
            CREATE TABLE @p (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, c_id INTEGER REFERENCES @c(id));
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, p_id INTEGER REFERENCES @p(id));
            INSERT INTO @p VALUES (1, 'alpha', 1); INSERT INTO @c VALUES (1, 'alpha', 1);
            """),
        .relation(
            "a unique column that is no key", .foreignKey,
            """
            CREATE TABLE @p (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, code TEXT UNIQUE);
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, code VARCHAR(5) REFERENCES @P(CODE));
            INSERT INTO @p VALUES (1, 'alpha', 'x'), (2, 'alpha', NULL); INSERT INTO @c VALUES (1, 'alpha', 'x'), (2, 'alpha', NULL);
            """),
        .relation(
            "a parent that does not exist", .foreignKey,
            "CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, x INTEGER REFERENCES nowhere(id)); INSERT INTO @c VALUES (1, 'alpha', 1)",
            expects: ["foreign_key_left @c.x"]),
        .relation(
            "keys of bytes and doubles", .orphan,
            """
            CREATE TABLE @p (raw BLOB NOT NULL, part REAL NOT NULL, tenant_id TEXT NOT NULL, PRIMARY KEY (raw, part)) WITHOUT ROWID;
            CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, raw BLOB, part REAL, FOREIGN KEY (raw, part) REFERENCES @p);
            INSERT INTO @p VALUES (X'00ff', 0.1, 'alpha'), (X'', 2, 'alpha');
            INSERT INTO @c VALUES (1, 'alpha', X'00ff', 0.1), (2, 'alpha', X'', 2.0), (3, 'beta', NULL, 5);
            """),
    ]
}

@testable import SlipwayCutover

extension HazardCorpus {
    static let tenants: [HazardCase] = nobody + somebody

    private static func owned(_ declared: String, _ tenants: [String]) -> String {
        "CREATE TABLE @ (id INTEGER PRIMARY KEY, tenant_id \(declared), v TEXT); "
            + tenants.enumerated().map { "INSERT INTO @ VALUES (\($0.offset + 1), \($0.element), 'row')" }.joined(
                separator: "; ")
    }

    private static let nobody: [HazardCase] = [
        .table(
            "no tenant", .tenantMissing, owned("TEXT", ["'alpha'", "NULL", "NULL"]),
            expects: ["tenant_missing @.tenant_id id=2", "tenant_missing @.tenant_id id=3"], remedy: .mend),
        .table(
            "an empty tenant", .tenantMissing, owned("TEXT", ["'alpha'", "''"]),
            expects: ["tenant_missing @.tenant_id id=2"], remedy: .mend),
        .table(
            "a tenant number missing", .tenantMissing, owned("INTEGER", ["7", "NULL"]),
            expects: ["tenant_missing @.tenant_id id=2"], remedy: .mend),
        .table(
            "a tenant of bytes", .storageClass, owned("TEXT", ["'alpha'", "X'00ff'"]),
            expects: ["storage_class @.tenant_id id=2"], remedy: .mend),
        .table(
            "a word among tenant numbers", .storageClass, owned("INTEGER", ["7", "'seven'"]),
            expects: ["storage_class @.tenant_id id=2"], remedy: .asText),
        .table(
            "an invalid tenant", .invalidUTF8, owned("TEXT", ["'alpha'", HazardCase.secret(0xFF)]),
            expects: ["invalid_utf8 @.tenant_id id=2"], remedy: .mend),
        .table(
            "a tenant with NUL", .nul, owned("TEXT", ["'alpha'", "'al' || char(0)"]), expects: ["nul @.tenant_id id=2"],
            remedy: .mend),
        .table(
            "a table of nobody's", .tenantMissing,
            "CREATE TABLE @ (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO @ VALUES (1, 'a')",
            expects: ["tenant_missing @"], remedy: .edit { $0.tenant = .shared }),
        .table(
            "a table of one tenant's", .tenantMissing,
            "CREATE TABLE @ (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO @ VALUES (1, 'a')",
            expects: ["tenant_missing @"], remedy: .edit { $0.tenant = .constant("alpha", column: "tenant_id") }),
        .table(
            "a tenant that is generated", .tenantMissing,
            "CREATE TABLE @ (id INTEGER PRIMARY KEY, tenant_id TEXT AS ('t' || id) STORED); INSERT INTO @ (id) VALUES (1)",
            expects: ["generated_column @.tenant_id", "tenant_missing @"], remedy: .edit { $0.tenant = .shared }),
        .table("a uuid as a tenant", .tenantMissing, owned("UUID", ["'6ba7b810-9dad-11d1-80b4-00c04fd430c8'"])),
        .table(
            "a uuid as a tenant by hand", .tenantMissing, owned("UUID", ["'6ba7b810-9dad-11d1-80b4-00c04fd430c8'"]),
            expects: ["tenant_missing @.tenant_id"], plan: { $0.columns[1].type = .uuid }),
        .table("a date as a tenant", .tenantMissing, owned("DATE", ["'2024-01-02'"])),
    ]

    private static let somebody: [HazardCase] = [
        .table(
            "tenants as numbers", .tenantMissing, owned("INTEGER NOT NULL", ["7", "-1", "0", "9223372036854775807"])),
        .table(
            "tenants that differ in case", .tenantMissing, owned("TEXT", ["'Acme'", "'acme'", "'ACME '", "'acme '"])),
        .table(
            "tenants with quotes", .tenantMissing,
            owned(
                "TEXT",
                [
                    "'O''Brien'", "'\"x\"'", "'back\\slash'", "'; DROP SCHEMA x'", "'a' || char(10) || 'b'", "'{a,b}'",
                    "'%'", "'''' || char(769) || ' OR true --'",
                ])),
        .table(
            "tenants of all letters", .tenantMissing,
            owned("VARCHAR(9)", ["'zażółć'", "'😀'", "'日本'", "' '", "printf('%.500c', 't')"])),
        .table(
            "tenants alike to the eye", .tenantMissing,
            owned("TEXT", ["char(233)", "'e' || char(769)", "char(8491)", "char(197)", "char(233)"])),
        .table(
            "a tenant named like none", .tenantMissing,
            owned("TEXT", ["'NULL'", "'null'", "'‹no tenant›'", "'shared'"])),
        .table(
            "a tenant as the key", .tenantMissing,
            "CREATE TABLE @ (tenant_id TEXT PRIMARY KEY, v TEXT); INSERT INTO @ VALUES ('alpha', 'x'), ('beta', 'y')"),
        .table("a tenant by a number without a type", .tenantMissing, owned("", ["7", "8"])),
    ]

    /// For a source that knows no tenants and gets one.
    static let constant: [HazardCase] = [
        .values(
            "an invalid text of the one tenant", .invalidUTF8, in: "TEXT", good: ["'a'"],
            bad: [HazardCase.secret(0xFF)], .invalidUTF8),
        .values(
            "a raw value of the one tenant", .storageClass, in: "INTEGER", good: ["1"], bad: ["1.5"], .storageClass),
        .table(
            "one of the names taken", .nameCollision,
            "CREATE TABLE @ (id INTEGER PRIMARY KEY, Tenant_ID TEXT); INSERT INTO @ VALUES (1, NULL)",
            expects: ["case_folding @.Tenant_ID"]),
        .table(
            "all names taken", .nameCollision,
            "CREATE TABLE @ (id INTEGER PRIMARY KEY, tenant_id TEXT, slipway_tenant TEXT, slipway_tenant_id TEXT); INSERT INTO @ VALUES (1, 'a', 'b', 'c')",
            expects: ["name_collision @.tenant_id"], remedy: .edit { $0.tenant = .constant("acme", column: "owner") }),
        .table(
            "no key and one tenant", .missingKey, "CREATE TABLE @ (v TEXT); INSERT INTO @ VALUES ('a'), ('a')",
            expects: ["missing_key @"]),
        .table(
            "NULL in a key and one tenant", .nullKey,
            "CREATE TABLE @ (k TEXT PRIMARY KEY, v TEXT); INSERT INTO @ VALUES ('a', 'a'), (NULL, 'a')",
            expects: ["null_key @.k rowid=2"]),
        .relation(
            "orphans of one tenant", .orphan,
            """
            CREATE TABLE @p (id INTEGER PRIMARY KEY); CREATE TABLE @c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES @p);
            INSERT INTO @p VALUES (1); INSERT INTO @c VALUES (1, 1), (2, NULL), (1001, 9);
            """, expects: ["orphan @c.p_id id=1001"]),
        .relation(
            "sound relations of one tenant", .orphan,
            """
            CREATE TABLE @p (a TEXT, b INTEGER, PRIMARY KEY (a, b)); CREATE TABLE @c (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, FOREIGN KEY (b, a) REFERENCES @p (b, a) ON DELETE SET NULL);
            INSERT INTO @p VALUES ('x', 1); INSERT INTO @c VALUES (1, 'x', 1), (2, NULL, 5);
            """),
    ]

    /// For databases whose texts are UTF-16 inside.
    static let wide: [HazardCase] = [
        .values(
            "texts in UTF-16", .invalidUTF8, in: "TEXT",
            good: ["'plain'", "'zażółć'", "'😀'", "''", "NULL", "char(65535)", "char(1114111)"]),
        .values("NUL in UTF-16", .nul, in: "TEXT", good: ["'a'"], bad: ["'a' || char(0) || 'b'"], .nul),
        .values("JSON in UTF-16", .json, in: "JSON", good: ["'{\"ż\": \"😀\"}'"], bad: ["'{ż:1}'"], .json),
        .values(
            "times in UTF-16", .date, in: "DATETIME", good: ["'2024-01-02 03:04:05'"], bad: ["'2024-02-30 03:04:05'"],
            .date),
        .values("bytes in UTF-16", .storageClass, in: "BLOB", good: ["X'00ff'", "X''"]),
        .table(
            "keys in UTF-16", .nullKey,
            "CREATE TABLE @ (k TEXT PRIMARY KEY, tenant_id TEXT NOT NULL) WITHOUT ROWID; INSERT INTO @ VALUES ('ż', 'alpha'), ('😀', 'beta'), ('a', 'ż')"
        ),
        .table(
            "names in UTF-16", .caseFolding,
            "CREATE TABLE @ (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, \"imię\" TEXT); INSERT INTO @ VALUES (1, 'alpha', 'Łucja')",
            expects: ["case_folding @.imię"]),
    ]

    /// Half a surrogate pair, as each byte order stores it.
    static func halves(_ bytes: [UInt8]) -> [HazardCase] {
        [
            .values(
                "half a surrogate pair", .invalidUTF8, in: "TEXT", good: ["'a'", "'😀'"], bad: [HazardCase.text(bytes)],
                .invalidUTF8)
        ]
    }
}

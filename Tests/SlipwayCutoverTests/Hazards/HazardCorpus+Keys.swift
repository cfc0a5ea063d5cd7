@testable import SlipwayCutover

extension HazardCorpus {
    static let keys: [HazardCase] = missing + broken + hostileKeys + soundKeys

    private static let missing: [HazardCase] = [
        .table(
            "no key", .missingKey,
            "CREATE TABLE @ (tenant_id TEXT NOT NULL, v TEXT); INSERT INTO @ VALUES ('alpha', 'a'), ('alpha', 'a')",
            expects: ["missing_key @"]),
        .table(
            "no key and no rows", .missingKey, "CREATE TABLE @ (tenant_id TEXT NOT NULL)", expects: ["missing_key @"]),
        .table(
            "no key but a rowid column", .missingKey,
            "CREATE TABLE @ (rowid TEXT, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES ('x', 'alpha'), ('y', 'beta')",
            expects: ["missing_key @"]),
        .table(
            "no key but a unique column", .missingKey,
            "CREATE TABLE @ (code TEXT NOT NULL UNIQUE, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES ('x', 'alpha'), ('y', 'beta')",
            expects: ["missing_key @"], remedy: .edit { $0.key = ["code"] }),
        .table(
            "a key named by hand", .duplicateKey,
            "CREATE TABLE @ (code TEXT, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES ('x', 'alpha'), ('y', 'beta')",
            plan: { $0.key = ["code"] }),
    ]

    private static let broken: [HazardCase] = [
        .table(
            "a repeated key", .duplicateKey,
            "CREATE TABLE @ (code TEXT, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES ('a', 'alpha'), ('zz', 'alpha'), ('zz', 'beta')",
            expects: ["duplicate_key @.code code=text of 2 bytes"], plan: { $0.key = ["code"] }),
        .table(
            "two repeated keys", .duplicateKey,
            "CREATE TABLE @ (a INTEGER, b INTEGER, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES (1, 1, 'alpha'), (1, 1, 'beta'), (1, 2, 'alpha'), (7, 7, 'alpha'), (7, 7, 'alpha'), (7, 7, 'beta')",
            expects: ["duplicate_key @.a a=1, b=1", "duplicate_key @.a a=7, b=7"], plan: { $0.key = ["a", "b"] }),
        .table(
            "a key repeated but for case", .duplicateKey,
            "CREATE TABLE @ (code TEXT COLLATE NOCASE, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES ('aa', 'alpha'), ('AA', 'alpha')",
            expects: ["collation @.code"], plan: { $0.key = ["code"] }),
        .table(
            "NULL in a text key", .nullKey,
            "CREATE TABLE @ (code TEXT PRIMARY KEY, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES ('a', 'alpha'), (NULL, 'alpha'), (NULL, 'beta')",
            expects: ["null_key @.code rowid=2", "null_key @.code rowid=3"]),
        .table(
            "NULL in an INT key", .nullKey,
            "CREATE TABLE @ (code INT PRIMARY KEY, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES (5, 'alpha'), (NULL, 'alpha')",
            expects: ["null_key @.code rowid=2"]),
        .table(
            "NULL in a part of a key", .nullKey,
            "CREATE TABLE @ (a TEXT, b TEXT, tenant_id TEXT NOT NULL, PRIMARY KEY (a, b)); INSERT INTO @ VALUES ('x', 'y', 'alpha'), ('x', NULL, 'alpha'), (NULL, NULL, 'beta')",
            expects: ["null_key @.a rowid=3", "null_key @.b rowid=2", "null_key @.b rowid=3"]),
        .table(
            "NULL where the manifest wants a value", .required,
            "CREATE TABLE @ (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, v TEXT); INSERT INTO @ VALUES (1, 'alpha', ''), (2, 'alpha', NULL), (3, 'beta', NULL)",
            expects: ["required @.v id=2", "required @.v id=3"], plan: requireV),
        .table(
            "NULL in a number the manifest wants", .required,
            "CREATE TABLE @ (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, v REAL); INSERT INTO @ VALUES (1, 'alpha', 0), (2, 'alpha', 9e999 - 9e999)",
            expects: ["required @.v id=2"], plan: requireV),
        .table(
            "required and given", .required,
            "CREATE TABLE @ (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, v TEXT NOT NULL); INSERT INTO @ VALUES (1, 'alpha', ''), (2, 'beta', ' ')"
        ),
    ]

    @Sendable private static func requireV(_ table: inout TableMapping) {
        for index in table.columns.indices where table.columns[index].source == "v" {
            table.columns[index].isRequired = true
        }
    }

    private static func keyed(_ declared: String, _ values: [String], rowID: Bool = false) -> String {
        "CREATE TABLE @ (k \(declared) NOT NULL PRIMARY KEY, tenant_id TEXT NOT NULL)\(rowID ? "" : " WITHOUT ROWID"); "
            + values.map { "INSERT INTO @ VALUES (\($0), 'alpha')" }.joined(separator: "; ")
    }

    private static let hostileKeys: [HazardCase] = [
        .table(
            "an invalid key", .invalidUTF8,
            keyed("TEXT", ["'a'", HazardCase.text([0xFF, 0x61]), HazardCase.text([0xFF, 0x62])]),
            expects: ["invalid_utf8 @.k k=text of 2 bytes", "invalid_utf8 @.k k=text of 2 bytes"]),
        .table(
            "a key with NUL", .nul, keyed("TEXT", ["'a'", "'ab' || char(0)"]), expects: ["nul @.k k=text of 3 bytes"]),
        .table(
            "an invalid key with a rowid", .invalidUTF8, keyed("TEXT", ["'a'", HazardCase.secret(0xFF)], rowID: true),
            expects: ["invalid_utf8 @.k rowid=2"]),
        .table(
            "a text in a whole key", .storageClass, keyed("INTEGER", ["1", "'x'"]),
            expects: ["storage_class @.k k=text of 1 bytes"], remedy: .mend),
        .table(
            "an upper case uuid as a key", .uuid,
            keyed(
                "UUID", ["'6ba7b810-9dad-11d1-80b4-00c04fd430c8'", "'6BA7B810-9DAD-11D1-80B4-00C04FD430C8'"],
                rowID: true), expects: ["uuid @.k rowid=2"]),
        .table(
            "a date that is none as a key", .date, keyed("DATE", ["'2024-01-02'", "'2024-02-30'"], rowID: true),
            expects: ["date @.k rowid=2"]),
        .table("two as a key of truth", .boolean, keyed("BOOLEAN", ["0", "1", "2"]), expects: ["boolean @.k k=2"]),
        .table(
            "three places in a key", .decimalRange, keyed("DECIMAL(5,2)", ["1", "1.255"], rowID: true),
            expects: ["decimal_range @.k rowid=2"]),
    ]

    private static let soundKeys: [HazardCase] = [
        .table("text keys", .nullKey, keyed("TEXT", ["''", "'a'", "'A'", "'ż'", "'😀'", "'a '"])),
        .table("byte keys", .nullKey, keyed("BLOB", ["X''", "X'00'", "X'ff'", "X'00ff'"])),
        .table("double keys", .nullKey, keyed("REAL", ["0.1", "-5", "9e999", "4.9e-324"])),
        .table("time keys", .nullKey, keyed("DATETIME", ["'2024-01-02 03:04:05'", "'0001-01-01 00:00:00'"])),
        .table("decimal keys", .nullKey, keyed("DECIMAL(5,2)", ["1", "1.25", "-1.25"])),
        .table(
            "whole keys without rowid", .nullKey,
            keyed("INTEGER", ["1", "-9223372036854775808", "9223372036854775807"])),
        .table(
            "a key downwards", .nullKey,
            "CREATE TABLE @ (k INTEGER PRIMARY KEY DESC, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES (1, 'alpha'), (5, 'beta'), (-3, 'beta')"
        ),
        .table(
            "a key of three downwards", .nullKey,
            "CREATE TABLE @ (a TEXT, b INT, c BLOB, tenant_id TEXT NOT NULL, PRIMARY KEY (b DESC, a, c)) WITHOUT ROWID; INSERT INTO @ VALUES ('x', 1, X'00', 'alpha'), ('x', 2, X'00', 'alpha')",
            expects: ["clause @"]),
        .table(
            "numbers given out", .integerRange,
            "CREATE TABLE @ (k INTEGER PRIMARY KEY AUTOINCREMENT, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES (9223372036854775807, 'alpha'), (-5, 'alpha')"
        ),
        .table(
            "negative numbers only", .integerRange,
            "CREATE TABLE @ (k INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES (-9223372036854775808, 'alpha'), (-1, 'beta')"
        ),
        .table(
            "a NOCASE key", .collation,
            "CREATE TABLE @ (k TEXT PRIMARY KEY COLLATE NOCASE, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES ('a', 'alpha'), ('B', 'beta')",
            expects: ["collation @.k"]),
        .table(
            "a column named rowid", .missingKey,
            "CREATE TABLE @ (rowid TEXT PRIMARY KEY, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES ('x', 'alpha'), ('y', 'beta')"
        ),
        .table(
            "a rowid by name", .missingKey,
            "CREATE TABLE @ (rowid INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES (5, 'alpha'), (7, 'beta')"
        ),
        .table(
            "every name of the rowid", .missingKey,
            "CREATE TABLE @ (rowid TEXT, oid TEXT, _rowid_ TEXT, k TEXT PRIMARY KEY, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES ('a', 'b', 'c', 'd', 'alpha')"
        ),
        .table(
            "every name of the rowid and a number", .missingKey,
            "CREATE TABLE @ (rowid TEXT, oid TEXT, _rowid_ TEXT, k INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES ('a', 'b', 'c', 4, 'alpha')"
        ),
    ]
}

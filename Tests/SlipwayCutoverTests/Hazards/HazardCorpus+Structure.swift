@testable import SlipwayCutover

extension HazardCorpus {
    static let structure: [HazardCase] = leftBehind + indexes + checks + defaults + collations + sizes

    private static let base = "id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL"

    private static let leftBehind: [HazardCase] = [
        .table(
            "a virtual generated column", .generatedColumn,
            "CREATE TABLE @ (\(base), a INTEGER, g INTEGER AS (a * 2)); INSERT INTO @ VALUES (1, 'alpha', 4)",
            expects: ["generated_column @.g"]),
        .table(
            "a stored generated column", .generatedColumn,
            "CREATE TABLE @ (\(base), a TEXT, g TEXT GENERATED ALWAYS AS (upper(a)) STORED); INSERT INTO @ VALUES (1, 'alpha', 'x')",
            expects: ["generated_column @.g"]),
        .table(
            "generated columns that are unique and indexed", .generatedColumn,
            "CREATE TABLE @ (\(base), a TEXT, g TEXT AS (lower(a)) STORED UNIQUE); CREATE INDEX @_g ON @ (g, a); INSERT INTO @ VALUES (1, 'alpha', 'x'), (2, 'alpha', 'y')",
            expects: ["generated_column @.g", "index @", "index @"]),
        .table(
            "a generated column of JSON", .generatedColumn,
            "CREATE TABLE @ (\(base), a TEXT, g TEXT AS (json_extract(a, '$.x'))); INSERT INTO @ (id, tenant_id, a) VALUES (1, 'alpha', '{\"x\": 1}')",
            expects: ["generated_column @.g"]),
        .table(
            "a column the manifest leaves out", .leftOut,
            "CREATE TABLE @ (\(base), a TEXT, b TEXT); INSERT INTO @ VALUES (1, 'alpha', 'x', 'y')",
            expects: ["left_out @.b"], plan: { $0.columns.removeAll { $0.source == "b" } }),
        .table("a view", .view, "CREATE TABLE @ (\(base)); CREATE VIEW @_v AS SELECT id FROM @", expects: ["view @_v"]),
        .table(
            "a view of nothing", .view, "CREATE TABLE @ (\(base)); CREATE VIEW @_v AS SELECT * FROM gone",
            expects: ["view @_v"]),
        .table(
            "a trigger", .trigger,
            "CREATE TABLE @ (\(base)); INSERT INTO @ VALUES (1, 'alpha'); CREATE TRIGGER @_t AFTER INSERT ON @ BEGIN DELETE FROM @; END",
            expects: ["trigger @_t"]),
        .table(
            "a trigger on a view", .trigger,
            "CREATE TABLE @ (\(base)); CREATE VIEW @_v AS SELECT id FROM @; CREATE TRIGGER @_t INSTEAD OF DELETE ON @_v BEGIN DELETE FROM @; END",
            expects: ["view @_v", "trigger @_t"]),
        HazardCase(
            title: "full text search", about: .virtualTable, tables: ["docs_source"],
            statements: [
                "CREATE TABLE docs_source (\(base), body TEXT); INSERT INTO docs_source VALUES (1, 'alpha', 'to be found'); CREATE VIRTUAL TABLE docs USING fts5(body); INSERT INTO docs VALUES ('to be found')"
            ],
            expects: ["docs", "docs_config", "docs_content", "docs_data", "docs_docsize", "docs_idx"].map {
                "virtual_table \($0)"
            }),
        HazardCase(
            title: "a tree of rectangles", about: .virtualTable, tables: ["places"],
            statements: [
                "CREATE TABLE places (\(base)); INSERT INTO places VALUES (1, 'alpha'); CREATE VIRTUAL TABLE area USING rtree(id, x0, x1)"
            ],
            expects: ["area", "area_node", "area_parent", "area_rowid"].map { "virtual_table \($0)" }),
    ]

    private static let indexes: [HazardCase] = [
        .table(
            "a partial index", .index,
            "CREATE TABLE @ (\(base), a TEXT); CREATE INDEX @_i ON @ (a) WHERE a IS NOT NULL; INSERT INTO @ VALUES (1, 'alpha', NULL)",
            expects: ["index @"]),
        .table(
            "a partial unique index", .index,
            "CREATE TABLE @ (\(base), a TEXT); CREATE UNIQUE INDEX @_i ON @ (a) WHERE id > 2; INSERT INTO @ VALUES (1, 'alpha', 'x'), (2, 'alpha', 'x')",
            expects: ["index @"]),
        .table(
            "an index over an expression", .index,
            "CREATE TABLE @ (\(base), a TEXT); CREATE INDEX @_i ON @ (lower(a)); INSERT INTO @ VALUES (1, 'alpha', 'X')",
            expects: ["index @"]),
        .table(
            "an index without case", .index,
            "CREATE TABLE @ (\(base), a TEXT); CREATE INDEX @_i ON @ (a COLLATE NOCASE); INSERT INTO @ VALUES (1, 'alpha', 'X')",
            expects: ["index @"]),
        .table(
            "plain indexes", .index,
            "CREATE TABLE @ (\(base), a TEXT, b REAL); CREATE INDEX @_i ON @ (a DESC, b); CREATE UNIQUE INDEX @_u ON @ (b, a); INSERT INTO @ VALUES (1, 'alpha', 'x', 1), (2, 'beta', 'x', 2)",
            expects: ["clause @"]),
        .table(
            "clauses of constraints", .clause,
            "CREATE TABLE @ (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, tenant_id TEXT NOT NULL, up INTEGER REFERENCES @ DEFERRABLE INITIALLY DEFERRED); INSERT INTO @ VALUES (1, 'alpha', 1)",
            expects: ["clause @", "clause @"]),
        .table(
            "words that are no clauses", .clause,
            "CREATE TABLE @ (\(base), \"deferrable\" TEXT DEFAULT 'on conflict ignore' /* ON CONFLICT */); CREATE INDEX @_i ON @ (\"deferrable\" DESC); INSERT INTO @ (id, tenant_id) VALUES (1, 'alpha')",
            expects: ["reserved_name @.deferrable"]),
        .table(
            "texts too long for an index", .indexSize,
            "CREATE TABLE @ (\(base), a TEXT, b TEXT); CREATE INDEX @_i ON @ (a, b); INSERT INTO @ VALUES (1, 'alpha', hex(zeroblob(600)), 'x'), (2, 'alpha', hex(randomblob(1000)), hex(randomblob(400))), (3, 'beta', '', hex(randomblob(900)))",
            expects: ["index_size @.a id=2"], remedy: .edit { $0.indexes = [] }),
        .table(
            "a unique text too long for its index", .indexSize,
            "CREATE TABLE @ (\(base), a TEXT UNIQUE); INSERT INTO @ VALUES (1, 'alpha', hex(randomblob(4000)))",
            expects: ["index_size @.a id=1"], remedy: .edit { $0.uniqueKeys = [] }),
        .table(
            "unique with many NULLs", .index,
            "CREATE TABLE @ (\(base), a TEXT UNIQUE, b TEXT, UNIQUE (a, b)); INSERT INTO @ VALUES (1, 'alpha', NULL, 'x'), (2, 'alpha', NULL, 'x'), (3, 'beta', 'y', NULL)"
        ),
    ]

    private static let checks: [HazardCase] = [
        .table(
            "a check", .check,
            "CREATE TABLE @ (\(base), a INTEGER CHECK (a > 0)); INSERT INTO @ VALUES (1, 'alpha', 5)",
            expects: ["check @"]),
        .table(
            "a named check of the table", .check,
            "CREATE TABLE @ (\(base), a INTEGER, CONSTRAINT positive CHECK(a > 0)); INSERT INTO @ VALUES (1, 'alpha', 5)",
            expects: ["check @"]),
        .table(
            "a check behind a comment", .check,
            "CREATE TABLE @ (\(base), -- don't\n a INTEGER CHECK (a > 0)); INSERT INTO @ VALUES (1, 'alpha', 5)",
            expects: ["check @"]),
        .table(
            "a check only in a comment", .check,
            "CREATE TABLE @ (\(base), /* CHECK (a) */ a INTEGER); INSERT INTO @ VALUES (1, 'alpha', 5)"),
        .table(
            "a check only in a name", .check,
            "CREATE TABLE @ (\(base), checked INTEGER, \"check (x)\" TEXT DEFAULT 'CHECK (1)'); INSERT INTO @ VALUES (1, 'alpha', 5, 'x')",
            expects: ["case_folding @.check (x)"]),
    ]

    private static let defaults: [HazardCase] = [
        .table(
            "defaults of SQLite's own", .defaultValue,
            "CREATE TABLE @ (\(base), a TEXT DEFAULT CURRENT_TIMESTAMP, b INTEGER DEFAULT (abs(-1)), c BLOB DEFAULT X'00', d DATETIME DEFAULT (datetime('now'))); INSERT INTO @ (id, tenant_id) VALUES (1, 'alpha')",
            expects: ["default_value @.a", "default_value @.b", "default_value @.c", "default_value @.d"]),
        .table(
            "defaults that come along", .defaultValue,
            "CREATE TABLE @ (\(base), a TEXT DEFAULT 'it''s', b INTEGER DEFAULT -5, c BOOLEAN DEFAULT TRUE, d REAL DEFAULT 1.5, e DECIMAL(5,2) DEFAULT 0.25, f TEXT DEFAULT NULL, g TEXT DEFAULT '', h TEXT DEFAULT 'a\\b'); INSERT INTO @ (id, tenant_id) VALUES (1, 'alpha')"
        ),
        .table(
            "defaults of JSON", .defaultValue,
            "CREATE TABLE @ (\(base), a JSON DEFAULT '{}', b JSON DEFAULT '[]'); INSERT INTO @ (id, tenant_id) VALUES (1, 'alpha')"
        ),
        .table(
            "defaults that are no JSON", .defaultValue,
            "CREATE TABLE @ (\(base), a JSON DEFAULT 'none', b JSON DEFAULT ''); INSERT INTO @ VALUES (1, 'alpha', '{}', '[]')",
            expects: ["default_value @.a", "default_value @.b"]),
        .table(
            "a number as the default of a text", .defaultValue,
            "CREATE TABLE @ (\(base), a TEXT DEFAULT 5); INSERT INTO @ VALUES (1, 'alpha', 'x')",
            expects: ["default_value @.a"]),
        .table(
            "a text as the default of a number", .defaultValue,
            "CREATE TABLE @ (\(base), a INTEGER DEFAULT 'none'); INSERT INTO @ VALUES (1, 'alpha', 5)",
            expects: ["default_value @.a"]),
        .table(
            "a default in double quotes", .defaultValue,
            "CREATE TABLE @ (\(base), a TEXT DEFAULT \"x\"); INSERT INTO @ VALUES (1, 'alpha', 'y')",
            expects: ["default_value @.a"]),
    ]

    private static let collations: [HazardCase] = [
        .table(
            "a column without case", .collation,
            "CREATE TABLE @ (\(base), a TEXT COLLATE NOCASE); INSERT INTO @ VALUES (1, 'alpha', 'a'), (2, 'alpha', 'A')",
            expects: ["collation @.a"]),
        .table(
            "a column without trailing spaces", .collation,
            "CREATE TABLE @ (\(base), a TEXT COLLATE RTRIM); INSERT INTO @ VALUES (1, 'alpha', 'a'), (2, 'alpha', 'a ')",
            expects: ["collation @.a"]),
        .table(
            "a unique column without case", .collation,
            "CREATE TABLE @ (\(base), a TEXT COLLATE NOCASE UNIQUE); INSERT INTO @ VALUES (1, 'alpha', 'a'), (2, 'alpha', 'B')",
            expects: ["collation @.a", "index @"]),
        .table(
            "a column compared byte by byte", .collation,
            "CREATE TABLE @ (\(base), a TEXT COLLATE BINARY UNIQUE); INSERT INTO @ VALUES (1, 'alpha', 'a'), (2, 'alpha', 'A')"
        ),
    ]

    private static let sizes: [HazardCase] = [
        .table(
            "two hundred columns", .storageClass,
            "CREATE TABLE @ (\(base), \((1...198).map { "c\($0) \(["TEXT", "INTEGER", "REAL"][$0 % 3])" }.joined(separator: ", "))); "
                + "INSERT INTO @ VALUES (1, 'alpha', \((1...198).map { "\($0)" }.joined(separator: ", "))); INSERT INTO @ (id, tenant_id) VALUES (2, 'beta')"
        ),
        .table("an empty table", .required, "CREATE TABLE @ (\(base), a TEXT NOT NULL, b DECIMAL(10,2), c DATETIME)"),
        .table(
            "a table of a key and a tenant", .required, "CREATE TABLE @ (\(base)); INSERT INTO @ VALUES (1, 'alpha')"),
        .table(
            "rows of many sizes", .blobSize,
            "CREATE TABLE @ (\(base), a BLOB); INSERT INTO @ SELECT value, 'alpha', zeroblob(value * value) FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 7 FROM n WHERE value < 900) SELECT value FROM n)"
        ),
    ]
}

@testable import SlipwayCutover

/// Hostile and harmless sources, each with what must be made of it.
enum HazardCorpus {
    static let groups: [CorpusGroup] =
        [
            CorpusGroup(name: "storage", cases: storage), CorpusGroup(name: "text", cases: text),
            CorpusGroup(name: "time", cases: time),
            CorpusGroup(name: "numbers", cases: numbers), CorpusGroup(name: "json", cases: json),
            CorpusGroup(name: "relations", cases: relations), CorpusGroup(name: "keys", cases: keys),
            CorpusGroup(name: "names", cases: names), CorpusGroup(name: "lowered", cases: lowered, names: .lower),
            CorpusGroup(name: "structure", cases: structure), CorpusGroup(name: "tenants", cases: tenants),
            CorpusGroup(name: "constant", cases: constant, tenant: .constant("acme")),
            CorpusGroup(
                name: "little_endian", cases: wide + halves([0x61, 0x00, 0x00, 0xD8]),
                pragma: "PRAGMA encoding = 'UTF-16le'", isUTF16: true),
            CorpusGroup(
                name: "big_endian", cases: wide + halves([0x00, 0x61, 0xD8, 0x00]),
                pragma: "PRAGMA encoding = 'UTF-16be'", isUTF16: true),
        ] + alone.map { CorpusGroup(name: $0.0, cases: [$0.1]) }

    static var cases: [HazardCase] { groups.flatMap(\.cases) }

    /// Cases that have a source of their own, because more than a table depends on them.
    private static let alone: [(String, HazardCase)] = [
        (
            "generated_reference",
            .relation(
                "a foreign key of a generated column", .foreignKey,
                """
                CREATE TABLE @p (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL); INSERT INTO @p VALUES (1, 'alpha');
                CREATE TABLE @c (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, g INTEGER AS (id % 10) STORED REFERENCES @p(id));
                INSERT INTO @c (id, tenant_id) VALUES (1, 'alpha'), (11, 'alpha')
                """, expects: ["generated_column @c.g", "foreign_key_left @c.g"])
        ),
        (
            "no_name_for_the_rowid",
            .table(
                "every name of the rowid and no key", .missingKey,
                "CREATE TABLE @ (rowid TEXT, oid TEXT, _rowid_ TEXT, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES ('a', 'b', 'c', 'alpha'), ('b', 'b', 'c', 'beta')",
                expects: ["missing_key @"], remedy: .edit { $0.key = ["rowid"] })
        ),
        (
            "no_name_for_an_orphan",
            .relation(
                "orphans without any name", .orphan,
                """
                CREATE TABLE @p (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL); INSERT INTO @p VALUES (1, 'alpha');
                CREATE TABLE @c (rowid TEXT, oid TEXT, _rowid_ TEXT, tenant_id TEXT NOT NULL, p_id INTEGER REFERENCES @p(id));
                INSERT INTO @c VALUES ('a', 'b', 'c', 'alpha', 1)
                """, expects: ["missing_key @c"], remedy: .edit { $0.key = ["rowid"] })
        ),
        (
            "a_long_key",
            .table(
                "a key longer than a page of an index", .blobSize,
                "CREATE TABLE @ (k TEXT PRIMARY KEY, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES ('a', 'alpha'), (hex(randomblob(5000)), 'alpha')",
                expects: ["index_size @.k rowid=2"])
        ),
    ]
}

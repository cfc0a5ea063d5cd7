import SlipwaySQL

@testable import SlipwayCutover

extension HazardCorpus {
    static let names: [HazardCase] =
        oddTables + reservedTables + plainTables + oddColumns + reservedColumns + plainColumns + tooLong + systemColumns
        + namesMadeOne

    /// Makes a table of any name with a column of any name; what is noticed of each stands beside it.
    private static func named(
        _ title: String, _ about: HazardClass, table: String, column: String = "v", tableNotice: HazardClass? = nil,
        columnNotice: HazardClass? = nil, remedy: HazardCase.Remedy = .line
    ) -> HazardCase {
        let sql = """
            CREATE TABLE \(SQL.quoted(table)) (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, \(SQL.quoted(column)) TEXT UNIQUE);
            INSERT INTO \(SQL.quoted(table)) VALUES (1, 'alpha', 'one'), (2, 'beta', NULL), (3, 'beta', 'three')
            """
        let expects = [
            tableNotice.map { "\($0.rawValue) \(table)" }, columnNotice.map { "\($0.rawValue) \(table).\(column)" },
        ].compactMap { $0 }
        return HazardCase(
            title: title, about: about, tables: [table], statements: [sql], expects: expects, remedy: remedy)
    }

    private static let oddTables: [HazardCase] = [
        "Mixed", "UPPER", "two words", " space in front", "dot.ted", "qu\"ote", "qu'ote", "back\\slash", "per%cent",
        "dol$lar", "colon:",
        "zażółć", "日本", "😀", "new\nline", "ta\tb", "-- comment", "a;b", "#hash", "ẞ", "ﬁ", "[bracket]", "`tick`",
        "mark\"\u{301}ed", "mark'\u{301}ed",
    ].enumerated().map { offset, name in
        named("table \(name)", .caseFolding, table: name, column: "v\(offset)", tableNotice: .caseFolding)
    }

    private static let reservedTables: [HazardCase] = [
        "select", "Order", "USER", "table", "limit", "when", "analyse", "window",
    ].map { name in
        named("table \(name)", .reservedName, table: name, tableNotice: .reservedName)
    }

    private static let plainTables: [HazardCase] = [
        "_", "_private", "1st", "a1", "public", "information_schema", "pg_class",
    ].map { name in
        named("table \(name)", .caseFolding, table: name)
    }

    private static let oddColumns: [HazardCase] = [
        ("n_mixed", "camelCase"), ("n_space", "with space"), ("n_quote", "qu\"o'te"), ("n_unicode", "imię"),
        ("n_emoji", "👍🏽"),
        ("n_backslash", "a\\b"), ("n_question", "why?"), ("n_comma", "a, b"), ("n_mark", "a\"\u{301}b"),
    ].map { table, column in
        named("column \(column)", .caseFolding, table: table, column: column, columnNotice: .caseFolding)
    }

    private static let reservedColumns: [HazardCase] = [
        ("r_select", "select"), ("r_user", "User"), ("r_end", "end"), ("r_desc", "desc"), ("r_current", "current_user"),
    ].map { table, column in
        named("column \(column)", .reservedName, table: table, column: column, columnNotice: .reservedName)
    }

    private static let plainColumns: [HazardCase] = [
        ("k_name", "name"), ("k_type", "type"), ("k_key", "key"), ("k_value", "value"), ("k_oid", "oid"),
        ("k_text", "text"), ("k_time", "timestamp"),
    ].map { table, column in
        named("column \(column)", .reservedName, table: table, column: column)
    }

    private static let tooLong: [HazardCase] = [
        named(
            "63 letters", .nameLength, table: String(repeating: "t", count: 63),
            column: String(repeating: "c", count: 63)),
        named(
            "64 letters of a table", .nameLength, table: String(repeating: "u", count: 64), tableNotice: .nameLength,
            remedy: .edit { $0.target = "shorter" }),
        named(
            "64 bytes of 32 letters", .nameLength, table: "l_bytes", column: String(repeating: "ż", count: 32),
            columnNotice: .nameLength,
            remedy: .edit { $0.columns[2].target = "krótsza" }),
        named(
            "emoji of 64 bytes", .nameLength, table: "l_emoji", column: String(repeating: "😀", count: 16),
            columnNotice: .nameLength,
            remedy: .edit { $0.columns[2].target = "smile" }),
        named(
            "300 letters", .nameLength, table: "l_long", column: String(repeating: "x", count: 300),
            columnNotice: .nameLength,
            remedy: .edit { $0.columns[2].target = "x" }),
        named(
            "an empty name", .nameLength, table: "l_empty", column: "", columnNotice: .nameLength,
            remedy: .edit { $0.columns[2].target = "nameless" }),
        HazardCase(
            title: "two long names alike in 63 bytes", about: .nameLength, tables: ["l_alike"],
            statements: [
                "CREATE TABLE l_alike (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, \(long("a")) TEXT, \(long("b")) TEXT); INSERT INTO l_alike VALUES (1, 'alpha', 'a', 'b')"
            ],
            expects: ["name_length l_alike.\(long("a"))", "name_length l_alike.\(long("b"))"],
            remedy: .edit {
                $0.columns[2].target = "a"
                $0.columns[3].target = "b"
            }),
    ]

    private static func long(_ end: String) -> String { String(repeating: "n", count: 63) + end }

    /// Names that PostgreSQL has a use of its own for.
    private static let systemColumns: [HazardCase] = ["ctid", "xmin", "cmax", "tableoid"].map { name in
        named(
            "system column \(name)", .nameCollision, table: "s_\(name)", column: name, columnNotice: .nameCollision,
            remedy: .edit { $0.columns[2].target = "\(name)_" })
    }

    private static let namesMadeOne: [HazardCase] = [
        .table(
            "two columns made one by the manifest", .nameCollision,
            "CREATE TABLE @ (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, a TEXT, b TEXT); INSERT INTO @ VALUES (1, 'alpha', 'a', 'b')",
            expects: ["name_collision @.a"], remedy: .edit { $0.columns[3].target = "b" },
            plan: { $0.columns[3].target = "a" }),
        .table(
            "the carried rowid's name taken", .nameCollision,
            "CREATE TABLE @ (slipway_rowid TEXT, tenant_id TEXT NOT NULL); INSERT INTO @ VALUES ('a', 'alpha')",
            expects: ["name_collision @.slipway_rowid"], remedy: .edit { $0.columns[0].target = "old_rowid" },
            plan: { $0.key = ["rowid"] }),
        HazardCase(
            title: "a table named as a sequence", about: .nameCollision, tables: ["made_id_seq", "made"],
            statements: [
                "CREATE TABLE made (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL); INSERT INTO made VALUES (1, 'alpha')",
                "CREATE TABLE made_id_seq (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL); INSERT INTO made_id_seq VALUES (1, 'alpha')",
            ], expects: []),
    ]

    /// For `--names lower`: what becomes one in lower case.
    static let lowered: [HazardCase] = [
        HazardCase(
            title: "mixed case in lower", about: .caseFolding, tables: ["Clients"],
            statements: [
                "CREATE TABLE Clients (Id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, FullName TEXT); INSERT INTO Clients VALUES (1, 'alpha', 'A')"
            ],
            expects: []),
        HazardCase(
            title: "a reserved word in lower", about: .reservedName, tables: ["ORDER"],
            statements: [
                "CREATE TABLE \"ORDER\" (Id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, \"Select\" TEXT); INSERT INTO \"ORDER\" VALUES (1, 'alpha', 'A')"
            ],
            expects: ["reserved_name ORDER", "reserved_name ORDER.Select"]),
        HazardCase(
            title: "letters beyond ASCII keep their case", about: .nameCollision, tables: ["Ulica"],
            statements: [
                "CREATE TABLE Ulica (Id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, \"Ż\" TEXT, \"ż\" TEXT); INSERT INTO Ulica VALUES (1, 'alpha', 'A', 'a')"
            ],
            expects: ["case_folding Ulica.Ż", "case_folding Ulica.ż"]),
    ]
}

@testable import SlipwayCutover

extension HazardCorpus {
    /// Every storage class in a column declared for another one.
    static let storage: [HazardCase] =
        foreignInNumbers + rawBytesInTexts + numbersInTexts + affinities + withoutType + strictTables

    private static let foreignInNumbers: [HazardCase] = [
        ("INTEGER", ["1", "-7", "0"]), ("BIGINT", ["1", "2"]), ("TINYINT", ["1", "2"]), ("REAL", ["1.5", "2.0"]),
        ("DOUBLE PRECISION", ["1.5"]), ("DECIMAL(10,2)", ["1", "2.25"]), ("NUMERIC", ["1", "2.25"]),
    ].flatMap { declared, good in
        [
            HazardCase.values(
                "text in \(declared)", .storageClass, in: declared, good: good, bad: ["'\(HazardCase.secret)'", "''"],
                .storageClass, remedy: .asText),
            HazardCase.values(
                "readable bytes in \(declared)", .storageClass, in: declared, good: good, bad: ["X'616263'"],
                .storageClass,
                remedy: .asText),
            HazardCase.values(
                "raw bytes in \(declared)", .storageClass, in: declared, good: good, bad: ["X'00ff'"], .storageClass,
                remedy: .mend),
        ]
    }

    private static let rawBytesInTexts: [HazardCase] = [
        ("BOOLEAN", ["0", "1"]), ("DATE", ["'2024-01-02'"]), ("DATETIME", ["'2024-01-02 03:04:05'"]),
        ("TIMESTAMP", ["'2024-01-02 03:04:05'"]), ("UUID", ["'6ba7b810-9dad-11d1-80b4-00c04fd430c8'"]),
        ("JSON", ["'{\"a\": 1}'"]), ("TEXT", ["'plain'", "''"]), ("VARCHAR(20)", ["'plain'"]), ("CLOB", ["'plain'"]),
    ].map { declared, good in
        HazardCase.values(
            "raw bytes in \(declared)", .storageClass, in: declared, good: good, bad: ["X'00ff'", "X'c328'"],
            .storageClass,
            remedy: .mend)
    }

    private static let numbersInTexts: [HazardCase] = [
        ("DATE", ["'2024-01-02'"], "20240102"), ("DATETIME", ["'2024-01-02 03:04:05'"], "1700000000"),
        ("TIMESTAMP", ["'2024-01-02T03:04:05Z'"], "1700000000000"),
        ("UUID", ["'6ba7b810-9dad-11d1-80b4-00c04fd430c8'"], "42"), ("JSON", ["'[]'"], "42"),
    ].flatMap { declared, good, number in
        [
            HazardCase.values(
                "integers in \(declared)", .storageClass, in: declared, good: good, bad: [number, "0"], .storageClass,
                remedy: .asText),
            HazardCase.values(
                "reals in \(declared)", .storageClass, in: declared, good: good, bad: ["\(number).25"], .storageClass,
                remedy: .asText),
        ]
    }

    private static let affinities: [HazardCase] = [
        .values(
            "fractions in INTEGER", .storageClass, in: "INTEGER", good: ["1", "-7"], bad: ["1.5", "-0.25"],
            .storageClass),
        .values("fractions in BOOLEAN", .storageClass, in: "BOOLEAN", good: ["0", "1"], bad: ["0.5"], .storageClass),
        .values(
            "fractions in floating point", .storageClass, in: "FLOATING POINT", good: ["1", "2"], bad: ["1.5"],
            .storageClass),
        .values(
            "readable bytes in TEXT", .storageClass, in: "TEXT", good: ["'plain'"], bad: ["X'616263'"], .storageClass,
            remedy: .asText),
        .values(
            "numbers among readable bytes", .storageClass, in: "BLOB", good: ["X'01'", "X''"], bad: ["5", "1.5"],
            .storageClass, remedy: .asText),
        .values(
            "numbers among raw bytes", .storageClass, in: "BLOB", good: ["X'ff01'"], bad: ["5", "'text'"],
            .storageClass, remedy: .mend),
        .values("only texts in BLOB", .storageClass, in: "BLOB", good: ["'one'", "'two'", "''"]),
        .values("only fractions in INTEGER", .storageClass, in: "INTEGER", good: ["1.5", "-2.25"]),
        .values("only texts in INTEGER", .storageClass, in: "INTEGER", good: ["'n/a'", "'none'"]),
        .values("only integers in DATE", .storageClass, in: "DATE", good: ["19700", "19701", "NULL"]),
        .values("only integers in DATETIME", .storageClass, in: "DATETIME", good: ["1700000000", "1700000001"]),
        .values("only julian days in DATE", .storageClass, in: "DATE", good: ["2460310.5", "2460311.75"]),
        .values("only bytes in UUID", .storageClass, in: "UUID", good: ["X'6ba7b8109dad11d180b400c04fd430c8'"]),
        .values("only bytes in TEXT", .storageClass, in: "TEXT", good: ["X'00ff'", "X''"]),
        .values("numerals in TEXT", .storageClass, in: "TEXT", good: ["5", "1.50", "'007'", "'1e5'"]),
        .values("numerals in INTEGER", .storageClass, in: "INTEGER", good: ["'5'", "' 12 '", "'1e5'", "2.0"]),
        .values("longer than CHAR", .storageClass, in: "CHAR(3)", good: ["'abcdef'", "'a  '", "''"]),
    ]

    private static let withoutType: [HazardCase] = [
        .values("untyped integers", .storageClass, in: "", good: ["1", "NULL", "-9223372036854775808"]),
        .values("untyped numbers", .storageClass, in: "", good: ["1", "1.5", "NULL"]),
        .values("untyped texts", .storageClass, in: "", good: ["'a'", "''", "NULL"]),
        .values("untyped bytes", .storageClass, in: "", good: ["X'00ff'", "X''", "NULL"]),
        .values("untyped doubles", .storageClass, in: "", good: ["1.5", "1e300", "9e999", "0.1+0.2"]),
        .values("untyped texts with NUL", .nul, in: "", good: ["'a'", "'a' || char(0)"]),
        .values(
            "untyped text among integers", .storageClass, in: "", good: ["1", "2"], bad: ["'\(HazardCase.secret)'"],
            .storageClass, remedy: .asText),
        .values(
            "untyped integer among texts", .storageClass, in: "", good: ["'a'", "'b'", "'c'"], bad: ["1"],
            .storageClass, remedy: .asText),
        .values(
            "untyped bytes among integers", .storageClass, in: "", good: ["1", "2"], bad: ["X'00ff'"], .storageClass,
            remedy: .mend),
        .values(
            "an odd type", .storageClass, in: "WIDGET", good: ["1", "2"], bad: ["'x'"], .storageClass, remedy: .asText),
        .table(
            "untyped and empty", .emptyColumn,
            "CREATE TABLE @ (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, v); INSERT INTO @ VALUES (1, 'alpha', NULL)",
            expects: ["empty_column @.v"]),
        .table(
            "untyped without rows", .emptyColumn,
            "CREATE TABLE @ (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, v, w)",
            expects: ["empty_column @.v", "empty_column @.w"]),
        .values("typed and empty", .emptyColumn, in: "REAL", good: ["NULL", "NULL"]),
    ]

    private static let strictTables: [HazardCase] = [
        .values("strict INTEGER", .storageClass, in: "INTEGER", good: ["1", "9223372036854775807"], strict: true),
        .values("strict REAL", .storageClass, in: "REAL", good: ["1", "1.5", "-9e999"], strict: true),
        .values(
            "strict TEXT", .invalidUTF8, in: "TEXT", good: ["'a'"], bad: [HazardCase.secret(0xFF)], .invalidUTF8,
            strict: true),
        .values("strict BLOB", .storageClass, in: "BLOB", good: ["X'ff'", "X''"], strict: true),
        .values(
            "strict ANY of integers", .storageClass, in: "ANY", good: ["1", "2"], bad: ["'1'"], .storageClass,
            remedy: .asText, strict: true),
        .values("strict ANY of texts", .storageClass, in: "ANY", good: ["'1'", "'2.50'"], strict: true),
    ]
}

@testable import SlipwayCutover

extension HazardCorpus {
    static let numbers: [HazardCase] =
        infinities + integers + decimalsTooWide + decimalsRounded + decimalsOtherwise + decimalTextsOdd
        + decimalTextsOtherwise + truthInNumbers + truthInWords + truthOtherwise + uuidsOdd + uuidsSound + doubles

    private static let infinities: [HazardCase] = [
        .values("infinity in REAL", .nonFinite, in: "REAL", good: ["1.5", "9e999", "-9e999", "NULL"]),
        .values(
            "infinity in DECIMAL", .nonFinite, in: "DECIMAL(10,2)", good: ["2.25", "0.5"], bad: ["9e999", "-9e999"],
            .nonFinite),
        .values("infinity in NUMERIC", .nonFinite, in: "NUMERIC", good: ["2.25"], bad: ["9e999"], .nonFinite),
        .values(
            "infinity among whole decimals", .nonFinite, in: "DECIMAL(10,2)", good: ["2", "2.25"], bad: ["-9e999"],
            .nonFinite, remedy: .asText),
        .values(
            "infinity in INTEGER", .nonFinite, in: "INTEGER", good: ["1"], bad: ["9e999", "-9e999"], .nonFinite,
            remedy: .asText),
        .values(
            "infinity in BOOLEAN", .storageClass, in: "BOOLEAN", good: ["1"], bad: ["9e999"], .storageClass,
            remedy: .asText),
        .values("infinity by a text", .nonFinite, in: "DECIMAL(6,1)", good: ["0.5"], bad: ["'9e999'"], .nonFinite),
        .values(
            "NaN as text in REAL", .storageClass, in: "REAL", good: ["1.5"], bad: ["'NaN'", "'Inf'", "'-Infinity'"],
            .storageClass, remedy: .asText),
        .values(
            "NaN as text in DECIMAL", .storageClass, in: "DECIMAL(10,2)", good: ["1.5"], bad: ["'NaN'"], .storageClass,
            remedy: .asText),
        .values("a NaN that SQLite made NULL", .nonFinite, in: "REAL", good: ["9e999 - 9e999", "0.0 * 9e999", "1.5"]),
        .values("only infinities", .nonFinite, in: "DECIMAL(10,2)", good: ["9e999", "-9e999"]),
    ]

    private static let integers: [HazardCase] = [
        .values(
            "edges of bigint", .integerRange, in: "INTEGER",
            good: ["9223372036854775807", "-9223372036854775808", "2147483648", "9007199254740993", "-1", "0"]),
        .values(
            "beyond bigint", .storageClass, in: "INTEGER", good: ["1"], bad: ["9223372036854775808", "1e19"],
            .storageClass, remedy: .asText),
        .values(
            "beyond bigint alone", .integerRange, in: "INTEGER", good: ["9223372036854775808", "18446744073709551615"]),
        .values(
            "edges of integer", .integerRange, in: "INTEGER", good: ["2147483647", "-2147483648", "0", "NULL"],
            plan: typed(.integer)),
        .values(
            "beyond integer", .integerRange, in: "INTEGER", good: ["2147483647"],
            bad: ["2147483648", "-2147483649", "9223372036854775807"], .integerRange, plan: typed(.integer)),
        .values(
            "edges of smallint", .integerRange, in: "SMALLINT", good: ["32767", "-32768", "0"], plan: typed(.smallint)),
        .values(
            "beyond smallint", .integerRange, in: "SMALLINT", good: ["1"],
            bad: ["32768", "-32769", "65535", "-9223372036854775808"], .integerRange, plan: typed(.smallint)),
        .values(
            "fractions in integer", .storageClass, in: "INTEGER", good: ["1"], bad: ["1.5"], .storageClass,
            plan: typed(.integer)),
        .values(
            "infinity in smallint", .nonFinite, in: "INTEGER", good: ["1"], bad: ["9e999"], .nonFinite, remedy: .asText,
            plan: typed(.smallint)),
        .values(
            "edges of bigint as decimals", .integerRange, in: "NUMERIC",
            good: ["9223372036854775807", "-9223372036854775808", "0"]),
        .values(
            "edges of bigint as text", .integerRange, in: "TEXT",
            good: ["9223372036854775807", "'18446744073709551616'"]),
        .values(
            "edges of bigint as double", .integerRange, in: "REAL",
            good: ["9223372036854775807", "9007199254740992", "-9223372036854775808"]),
        .values(
            "edges of bigint as truth", .boolean, in: "BOOLEAN", good: ["1"],
            bad: ["9223372036854775807", "-9223372036854775808"], .boolean),
        .values(
            "edges of bigint as dates", .storageClass, in: "DATE", good: ["'2024-01-02'"], bad: ["9223372036854775807"],
            .storageClass, remedy: .asText),
    ]

    /// Decimals kept as text by the source, wanted as `numeric` by whoever edits the manifest.
    @Sendable private static func asNumeric(_ table: inout TableMapping) {
        guard let index = table.columns.firstIndex(where: { $0.source == "v" }) else { return }
        table.columns[index].type = .numeric(precision: 10, scale: 2)
        table.columns[index].form = .text
    }

    private static func typed(_ type: ColumnType) -> @Sendable (inout TableMapping) -> Void {
        { table in
            guard let index = table.columns.firstIndex(where: { $0.source == "v" }) else { return }
            table.columns[index].type = type
            table.columns[index].form = ColumnMapping.usualForm(of: type)
        }
    }

    private static let decimalsTooWide: [HazardCase] = [
        ("three places", "12.345"), ("three places below zero", "-0.005"), ("too large", "123456789.12"),
        ("far too large", "1e300"),
        ("far too small", "1e-300"), ("the smallest double as decimal", "4.9e-324"),
        ("whole and too large", "100000000"),
        ("fifteen digits", "123456789.012345"), ("the largest integer", "9223372036854775807"),
    ].map { name, value in
        HazardCase.values(
            name, .decimalRange, in: "DECIMAL(10,2)", good: ["1", "2.25", "-99999999.99", "99999999.99", "0", "NULL"],
            bad: [value], .decimalRange)
    }

    private static let decimalsRounded: [HazardCase] = [
        ("a sum of tenths", "0.1 + 0.2"), ("seventeen digits", "0.30000000000000004"),
        ("sixteen digits", "1234567890.123456"),
        ("the largest double as decimal", "1.7976931348623157e308"), ("a third", "1.0 / 3"),
        ("beyond bigint as decimal", "9223372036854775808"),
    ].map { name, value in
        HazardCase.values(
            name, .decimalRounded, in: "DECIMAL(10,2)", good: ["2.25", "-0.5"], bad: [value], .decimalRounded)
    }

    private static let decimalsOtherwise: [HazardCase] = [
        .values(
            "a sum of tenths among whole decimals", .decimalRounded, in: "DECIMAL(10,2)", good: ["2", "2.25"],
            bad: ["0.1 + 0.2"], .decimalRounded, remedy: .asText),
        .values(
            "a sum of tenths in NUMERIC", .decimalRounded, in: "NUMERIC", good: ["2.25"], bad: ["0.1 + 0.2"],
            .decimalRounded),
        .values(
            "places in whole decimals", .decimalRange, in: "DECIMAL(5)", good: ["99999", "-1"], bad: ["1.5", "100000"],
            .decimalRange),
        .values(
            "one in fractions", .decimalRange, in: "DECIMAL(3,3)", good: ["0.999", "-0.001", "0"], bad: ["1", "-1.5"],
            .decimalRange),
        .values(
            "doubles that are decimals", .decimalRounded, in: "NUMERIC",
            good: ["0.1", "1e19", "1e-7", "123456789.012345", "-0.0", "0.0 * -1.0", "'12.50'", "2e18"]),
        .values(
            "edges of decimals", .decimalRange, in: "DECIMAL(10,2)",
            good: ["99999999.99", "-99999999.99", "0.01", "-0.01", "12.50", "' 12 '"]),
        .values("a decimal wider than PostgreSQL's", .decimalRange, in: "DECIMAL(2000,2)", good: ["12.345", "1e300"]),
        .values("a decimal with a negative scale", .decimalRange, in: "NUMERIC(10,-2)", good: ["12300", "0.25"]),
        .values(
            "money with a word", .storageClass, in: "MONEY", good: ["2", "2.25"],
            bad: ["'12.50 PLN'", "'1,234.50'", "''", "'0x10'", "'١٢'"], .storageClass, remedy: .asText),
        .values(
            "spaced decimal type", .decimalRange, in: "DECIMAL ( 10 , 2 )", good: ["1.25"], bad: ["1.255"],
            .decimalRange),
    ]

    private static let decimalTextsOdd: [HazardCase] = [
        ("one place of two", "12.5"), ("three places of two", "12.500"), ("an exponent", "1e3"),
        ("a plus sign", "+1.00"),
        ("no whole part", ".50"), ("zeros in front", "007.00"), ("minus nothing", "-0.00"), ("no point", "12"),
    ].map { name, value in
        HazardCase.values(
            name, .decimalRange, in: "DECIMAL_TEXT(10,2)", good: ["'12.50'", "'-0.10'", "'0.00'", "NULL"],
            bad: ["'\(value)'"], .decimalRange,
            plan: asNumeric)
    }

    private static let decimalTextsOtherwise: [HazardCase] = [
        .values(
            "no decimal text", .storageClass, in: "DECIMAL_TEXT(10,2)", good: ["'12.50'"],
            bad: ["'\(HazardCase.secret)'", "''", "' 1.00'", "'1.00 '"], .storageClass, plan: asNumeric),
        .values("money as text", .decimalRange, in: "TEXT", good: ["'12.50'", "'12.5'", "'1e3'", "12.50"]),
        .values(
            "decimals written as text", .decimalRange, in: "DECIMAL_TEXT(10,2)",
            good: ["'12.50'", "'-99999999.99'", "'0.01'"]),
        .values(
            "decimals of any places as text", .decimalRange, in: "DECIMAL_TEXT",
            good: ["'1.10'", "'1.1'", "'0.000000000000000000000000000001'", "'123456789012345678901234567890.50'"]),
        .values(
            "decimals too long for numeric", .decimalRange, in: "TEXT", good: ["'1.5'", "printf('%.131072c', '9')"],
            bad: ["printf('%.131073c', '9')", "printf('%.150000c', '9')"], .decimalRange
        ) { table in
            guard let index = table.columns.firstIndex(where: { $0.source == "v" }) else { return }
            table.columns[index].type = .numeric(precision: nil, scale: nil)
        },
    ]

    private static let truthInNumbers: [HazardCase] = [
        ("two", "2"), ("minus one", "-1"), ("a hundred", "100"),
    ].map { name, value in
        HazardCase.values(name, .boolean, in: "BOOLEAN", good: ["0", "1", "NULL"], bad: [value], .boolean)
    }

    private static let truthInWords: [HazardCase] = [
        ("true as a word", "true"), ("yes", "yes"), ("t", "t"), ("true in capitals", "TRUE"), ("an empty truth", ""),
        ("on", "on"),
        ("tak", "tak"), ("a secret as truth", HazardCase.secret),
    ].map { name, value in
        HazardCase.values(
            name, .boolean, in: "BOOL", good: ["0", "1", "NULL"], bad: ["'\(value)'"], .boolean, remedy: .asText)
    }

    private static let truthOtherwise: [HazardCase] = [
        .values(
            "truth by SQLite's words", .boolean, in: "BOOLEAN", good: ["TRUE", "FALSE", "1.0", "'1'", "'0'", "NULL"]),
        .values("truth only in words", .boolean, in: "BOOLEAN", good: ["'true'", "'false'"]),
        .values(
            "two where one is the default", .boolean, in: "BOOLEAN NOT NULL DEFAULT 1", good: ["0", "1"], bad: ["2"],
            .boolean),
        .values(
            "words where true is the default", .boolean, in: "BOOLEAN DEFAULT TRUE", good: ["0", "1"], bad: ["'yes'"],
            .boolean, remedy: .asText),
    ]

    private static let uuidsOdd: [HazardCase] = [
        ("upper case", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8"), ("braces", "{6ba7b810-9dad-11d1-80b4-00c04fd430c8}"),
        ("no dashes", "6ba7b8109dad11d180b400c04fd430c8"),
        ("a name for it", "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        ("one digit less", "6ba7b810-9dad-11d1-80b4-00c04fd430c"), ("no hex", "6ba7b810-9dad-11d1-80b4-00c04fd430cg"),
        ("a space before", " 6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        ("dashes elsewhere", "6ba7b81-09dad-11d1-80b4-00c04fd430c8"),
        ("no uuid", ""), ("a secret as a uuid", HazardCase.secret),
    ].map { name, value in
        HazardCase.values(
            name, .uuid, in: "UUID", good: ["'6ba7b810-9dad-11d1-80b4-00c04fd430c8'", "NULL"], bad: ["'\(value)'"],
            .uuid)
    }

    private static let uuidsSound: [HazardCase] = [
        .values(
            "edges of uuids", .uuid, in: "GUID",
            good: ["'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'"]),
        .values("only upper case uuids", .uuid, in: "UUID", good: ["'6BA7B810-9DAD-11D1-80B4-00C04FD430C8'"]),
    ]

    private static let doubles: [HazardCase] = [
        .values(
            "edges of doubles", .decimalRounded, in: "REAL",
            good: [
                "1.7976931348623157e308", "-1.7976931348623157e308", "2.2250738585072014e-308", "4.9e-324", "-4.9e-324",
                "2.225073858507201e-308",
            ]),
        .values("zeros of doubles", .decimalRounded, in: "REAL", good: ["0.0", "-0.0", "0.0 * -1.0", "-1e-400"]),
        .values(
            "long doubles", .decimalRounded, in: "DOUBLE",
            good: ["0.1 + 0.2", "1.0 / 3", "3.141592653589793", "1e23", "9007199254740993.0", "123456789.123456789"]),
        .values("whole doubles", .decimalRounded, in: "FLOAT", good: ["1", "2.0", "-3", "1e15", "1e22"]),
        .values(
            "doubles without affinity", .decimalRounded, in: "", good: ["0.0 * -1.0", "0.1 + 0.2", "4.9e-324", "1.5"]),
    ]
}

@testable import SlipwayCutover

extension HazardCorpus {
    static let text: [HazardCase] = malformed + malformedElsewhere + nulls + harmlessTexts

    /// Ways for bytes not to be UTF-8, each behind a readable start and each in the middle of a text.
    private static let malformed: [HazardCase] = [
        ("a lone continuation", [0x80]), ("a last continuation", [0xBF]), ("two continuations", [0x80, 0xBF]),
        ("a cut lead of two", [0xC3]), ("a cut lead of three", [0xE2, 0x82]), ("a lead of three alone", [0xE2]),
        ("a cut lead of four", [0xF0, 0x9F, 0x98]), ("a lead of four alone", [0xF0]),
        ("an overlong slash", [0xC0, 0xAF]), ("an overlong NUL", [0xC0, 0x80]), ("an overlong DEL", [0xC1, 0xBF]),
        ("an overlong slash of three", [0xE0, 0x80, 0xAF]), ("an overlong NUL of three", [0xE0, 0x80, 0x80]),
        ("an overlong of three at the edge", [0xE0, 0x9F, 0xBF]),
        ("an overlong slash of four", [0xF0, 0x80, 0x80, 0xAF]),
        ("an overlong of four at the edge", [0xF0, 0x8F, 0xBF, 0xBF]),
        ("a high surrogate", [0xED, 0xA0, 0x80]), ("a low surrogate", [0xED, 0xBF, 0xBF]),
        ("a surrogate pair as CESU", [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80]),
        ("beyond the last plane", [0xF4, 0x90, 0x80, 0x80]), ("a lead beyond all planes", [0xF5, 0x80, 0x80, 0x80]),
        ("five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80]), ("six bytes", [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80]),
        ("byte FE", [0xFE]), ("byte FF", [0xFF]), ("a run of FF", [0xFF, 0xFF, 0xFF, 0xFF]),
        ("Latin 1", [0xE9, 0x74, 0xE9]), ("Windows 1250", [0x9C, 0x9F, 0xBF]), ("Windows quotes", [0x93, 0x78, 0x94]),
        ("Shift JIS", [0x83, 0x65, 0x83, 0x58]), ("the mark of UTF-16", [0xFF, 0xFE, 0x41, 0x42]),
    ].map { name, bytes in
        HazardCase.values(
            name, .invalidUTF8, in: "TEXT", good: ["'plain'", "'zażółć gęślą jaźń'", "'😀'", "''", "NULL"],
            bad: [
                HazardCase.text(Array(HazardCase.secret.utf8) + bytes), HazardCase.text([0x61] + bytes + [0x62]),
                HazardCase.text(bytes),
            ], .invalidUTF8)
    }

    private static let malformedElsewhere: [HazardCase] = [
        .values(
            "invalid in VARCHAR", .invalidUTF8, in: "VARCHAR(40)", good: ["'a'"], bad: [HazardCase.secret(0xFF)],
            .invalidUTF8),
        .values(
            "invalid in CLOB", .invalidUTF8, in: "CLOB", good: ["'a'"], bad: [HazardCase.secret(0xC3)], .invalidUTF8),
        .values(
            "invalid in JSON", .invalidUTF8, in: "JSON", good: ["'{}'"], bad: [HazardCase.text([0x22, 0xFF, 0x22])],
            .invalidUTF8),
        .values(
            "invalid in DATE", .date, in: "DATE", good: ["'2024-01-02'"],
            bad: [HazardCase.text(Array("2024-01-0".utf8) + [0xB2])], .date),
        .values(
            "invalid in DATETIME", .date, in: "DATETIME", good: ["'2024-01-02 03:04:05'"],
            bad: [HazardCase.secret(0xFF)], .date),
        .values(
            "invalid in UUID", .uuid, in: "UUID", good: ["'6ba7b810-9dad-11d1-80b4-00c04fd430c8'"],
            bad: [HazardCase.secret(0xFF)], .uuid),
        .values(
            "invalid in INTEGER", .storageClass, in: "INTEGER", good: ["1"], bad: [HazardCase.text([0xFF])],
            .storageClass, remedy: .mend),
        .values(
            "invalid only", .invalidUTF8, in: "TEXT", good: [HazardCase.text([0xFF]), HazardCase.text([0xC3]), "NULL"]),
        .values("invalid in BLOB", .invalidUTF8, in: "BLOB", good: ["X'ff'", "X'c3'"]),
        .values(
            "a late invalid byte", .invalidUTF8, in: "TEXT", good: ["'a'"],
            bad: ["CAST(CAST(printf('%.100000c', 'x') AS BLOB) || X'80' AS TEXT)"], .invalidUTF8),
    ]

    private static let nulls: [HazardCase] = [
        .values(
            "NUL in the middle", .nul, in: "TEXT", good: ["'a'", "''"],
            bad: ["'\(HazardCase.secret)' || char(0) || 'b'"], .nul),
        .values("NUL at the start", .nul, in: "TEXT", good: ["'a'"], bad: ["char(0) || '\(HazardCase.secret)'"], .nul),
        .values("NUL at the end", .nul, in: "TEXT", good: ["'a'"], bad: ["'\(HazardCase.secret)' || char(0)"], .nul),
        .values("nothing but NUL", .nul, in: "TEXT", good: ["'a'"], bad: ["char(0)", "char(0, 0, 0)"], .nul),
        .values(
            "NUL and invalid bytes", .nul, in: "TEXT", good: ["'a'"],
            bad: [HazardCase.text([0x00, 0xFF]), HazardCase.text([0xFF, 0xFE, 0x41, 0x00])], .nul),
        .values("NUL in VARCHAR", .nul, in: "VARCHAR(9)", good: ["'a'"], bad: ["'a' || char(0)"], .nul),
        .values(
            "NUL in JSON", .nul, in: "JSON", good: ["'{}'"], bad: ["'{}' || char(0)", "'\"' || char(0) || '\"'"], .nul),
        .values("NUL in DATE", .date, in: "DATE", good: ["'2024-01-02'"], bad: ["'2024-01-02' || char(0)"], .date),
        .values(
            "NUL in DATETIME", .date, in: "DATETIME", good: ["'2024-01-02 03:04:05'"],
            bad: ["'2024-01-02 03:04:0' || char(0)"], .date),
        .values("NUL in BLOB", .nul, in: "BLOB", good: ["X'00'", "X'610062'", "zeroblob(1000)"]),
        .values("NUL in every text", .nul, in: "TEXT", good: ["'a' || char(0)", "char(0) || 'a'"]),
    ]

    private static let harmlessTexts: [HazardCase] = [
        .values("empty is not NULL", .required, in: "TEXT", good: ["''", "NULL", "' '", "char(9)"]),
        .values("empty bytes are not NULL", .required, in: "BLOB", good: ["X''", "NULL", "zeroblob(0)", "X'20'"]),
        .values(
            "control characters", .nul, in: "TEXT",
            good: ["char(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16)", "char(27,28,29,30,31,127,128,159)"]),
        .values(
            "what COPY escapes", .nul, in: "TEXT",
            good: ["'\\N'", "'\\.'", "'\\'", "'\\\\'", "'a' || char(9) || 'b'", "char(10)", "char(13,10)"]),
        .values("quotes", .nul, in: "TEXT", good: ["''''", "'\"'", "'$$'", "'E''\\n'''", "'; DROP TABLE x --'"]),
        .values(
            "marks and noncharacters", .invalidUTF8, in: "TEXT",
            good: ["char(65279) || 'a'", "char(65533)", "char(65535)", "char(65534)", "char(64976)", "char(1114111)"]),
        .values(
            "edges of UTF-8", .invalidUTF8, in: "TEXT",
            good: ["char(127)", "char(128)", "char(2047)", "char(2048)", "char(55295)", "char(57344)", "char(65536)"]),
        .values(
            "composed and decomposed", .invalidUTF8, in: "TEXT",
            good: ["char(233)", "'e' || char(769)", "char(8491)", "char(197)", "'ﬁ'"]),
        .values(
            "joined emoji and right to left", .invalidUTF8, in: "TEXT",
            good: ["'👩‍👩‍👧‍👦'", "'🇵🇱'", "'שלום'", "char(8238) || 'abc'", "'ก็็็็'"]),
        .values("a long text", .blobSize, in: "TEXT", good: ["printf('%.200000c', 'x')", "''"]),
        .values(
            "two megabytes of bytes", .blobSize, in: "BLOB", good: ["randomblob(2097152)", "zeroblob(2097152)", "X''"]),
    ]
}

import SlipwayPostgres
import SlipwaySQL
import SlipwayTesting
import Testing

@testable import SlipwayCutover

@Suite(.timeLimit(.minutes(15))) struct JSONTextTests {
    private static func read(_ text: String) -> JSONText {
        Array(text.utf8).withUnsafeBytes { JSONText($0) }
    }

    @Test(arguments: [
        "null", " [ ] ", "{\"a\":1}", "-0", "-0.5e-7", "1E400", "\"\\u0041\"", "[[[]]]", "\"\u{7F}\"", "{\"\":{}}",
        "[1,2.5,\"x\",null,true,false]",
    ])
    func `JSON is JSON`(text: String) {
        #expect(Self.read(text).isValid)
        #expect(!Self.read(text).isRefusedByJSONB)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "tru", "[", "]", "[1,]", "{\"a\"}", "{\"a\":}", "{,}", "01", "1.", ".1", "1e", "+1",
        "-", "'a'", "\"\n\"", "\"\\x\"", "\"\\u12g4\"",
        "\"\\u 123\"", "\"\\u+123\"", "\"", "\"\\", "\"\\u", "{a:1}", "{} {}", "NaN", "-Infinity", "\u{FEFF}[]",
        "[\u{A0}]", "[t", "[\"a\\\"]",
    ])
    func `what is no JSON is none`(text: String) {
        #expect(!Self.read(text).isValid)
    }

    @Test(arguments: [
        "\"\\u0000\"", "\"\\ud800\"", "\"\\ud800x\"", "\"\\ud800\\n\"", "\"\\udc00\"", "\"\\udc00\\ud800\"",
        "\"\\ud800\\ud800\\udc00\"", "[1e200000]", "[1e-20000]",
        "[1e99999999999999999999]", "[1e-9223372036854775808]", "{\"a\":1,\"a\":1}", "{\"b\":{\"a\":1, \"a\":2}}",
        "{\"a\":1,\"\\u0061\":2}",
    ])
    func `what jsonb would refuse or drop is said`(text: String) {
        #expect(Self.read(text).isValid)
        #expect(Self.read(text).isRefusedByJSONB)
    }

    @Test func `nesting is followed as far as is safe`() {
        let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        #expect(Self.read(nested(900)).isValid)
        #expect(!Self.read(nested(100_000)).isValid)
    }

    /// 2,000 texts, most of them JSON or nearly, judged here and by the server.
    @Test(arguments: Seed.forThisRun(count: 2))
    func `PostgreSQL judges as we do`(seed: Seed) async throws {
        var generator = CellGenerator(seed)
        let texts = (0..<1_000).map { index in
            let text = generator.json(depth: 0)
            return index.isMultiple(of: 2) ? text : generator.damaged(text)
        }
        try await TestCluster.shared.withDatabase { url in
            let session = PostgresSession(try PostgresAddress(url))
            try await session.run { connection in
                for type in ["json", "jsonb"] {
                    try connection.run(
                        """
                        CREATE FUNCTION is_\(type)(value text) RETURNS boolean LANGUAGE plpgsql AS
                        $$ BEGIN PERFORM value::\(type); RETURN true; EXCEPTION WHEN OTHERS THEN RETURN false; END $$
                        """)
                }
                for text in texts where !text.utf8.contains(0) {
                    let result = try connection.query("SELECT is_json($1), is_jsonb($1)", [.text(text)])
                    let json = Self.read(text)
                    #expect(json.isValid == (result.text(0, 0) == "t"), "\(text)")
                    if json.isValid, result.text(0, 1) == "f" { #expect(json.isRefusedByJSONB, "\(text)") }
                    if json.isValid, json.isRefusedByJSONB, !text.contains("\"k") {
                        #expect(result.text(0, 1) == "f", "\(text)")
                    }
                }
            }
        }
    }
}

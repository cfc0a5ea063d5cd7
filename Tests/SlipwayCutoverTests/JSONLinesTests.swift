import Foundation
import SlipwaySQL
import SlipwaySQLite
import SlipwayTesting
import Testing

@testable import SlipwayCutover

@Suite(.timeLimit(.minutes(15))) struct JSONLinesTests {
    nonisolated(nonsending) private func staged(
        _ files: [String: String], _ body: (_ path: String) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            for (name, text) in files { try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8) }
            try await body(try JSONLinesStaging(folder: folder, into: folder + "/staging").databasePath())
        }
    }

    @Test func `each kind of value is kept as it is`() async throws {
        let lines = """
            {"id": 1, "tenant": "a", "whole": 9007199254740993, "part": 0.1, "flag": true, "list": [1, {"a": "}"}], "mixed": 1, "huge": 1e400}

            {"id": 2, "tenant": "b", "whole": -1, "part": 3, "flag": false, "list": {}, "mixed": "1", "huge": 12345678901234567890.5}
            {"id": 3, "tenant": "b", "text": "z\\u0119 \\ud83d\\ude00 \\"q\\"", "flag": null}
            """
        try await staged(["things.jsonl": lines]) { path in
            let file = try SQLiteFile(path)
            let cursor = try file.rows(
                "SELECT quote(whole), quote(part), quote(flag), quote(list), quote(mixed), quote(huge), quote(text) FROM things ORDER BY id"
            )
            var rows: [[String]] = []
            while try cursor.next() { rows.append((0..<7).map { cursor.text($0) ?? "" }) }
            #expect(
                rows == [
                    ["9007199254740993", "0.1", "1", "'[1, {\"a\": \"}\"}]'", "'1'", "'1e400'", "NULL"],
                    ["-1", "3.0", "0", "'{}'", "'\"1\"'", "'12345678901234567890.5'", "NULL"],
                    ["NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "'zę 😀 \"q\"'"],
                ])
        }
    }

    @Test func `a folder of JSON Lines arrives whole`() async throws {
        let orders = (1...500).map {
            "{\"id\": \($0), \"tenant\": \"t\($0 % 3)\", \"total\": \(Double($0) / 7), \"lines\": [\($0)]}"
        }
        try await staged(["orders.jsonl": orders.joined(separator: "\n")]) { path in
            try await TestCluster.shared.withDatabase { url in
                let job = try SourceFixture.job(source: path, target: url, tenant: .column("tenant"))
                #expect(try PreflightStage(job).run().passes)
                #expect(try await CopyStage(job).run().rows == 500)
                #expect(try await VerifyStage(job).run().holds)
            }
        }
    }

    @Test(arguments: ["{\"a\": 1", "[1]", "{\"a\": 1, \"a\": 2}", "{\"a\": \"\\ud800\"}"])
    func `a line that cannot be kept is named by its number`(line: String) async throws {
        let error = await #expect(throws: DatabaseError.self) {
            try await staged(["t.jsonl": "{\"a\": \"x\"}\n\(line)\n"]) { _ in }
        }
        #expect(error?.description.contains("line 2") ?? false, "\(String(describing: error))")
    }

    @Test func `an id that repeats is no key`() async throws {
        try await staged(["t.jsonl": "{\"id\": 1}\n{\"id\": 1}\n", "u.jsonl": "{\"id\": \"a\"}\n{\"id\": \"b\"}\n"]) {
            path in
            let schema = try OpenSource(path: path).schema
            #expect(schema.table("t")?.primaryKey == [])
            #expect(schema.table("u")?.primaryKey == ["id"])
        }
    }
}

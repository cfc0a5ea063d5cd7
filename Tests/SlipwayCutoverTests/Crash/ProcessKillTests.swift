import Foundation
import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL
import SlipwayTesting
import Testing

@testable import SlipwayCutover

/// The real program is killed with SIGKILL while it copies, and run again.
@Suite(.timeLimit(.minutes(15)), .serialized) struct ProcessKillTests {
    private static var executable: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../.build/debug/slipway")
            .standardizedFileURL
    }

    private static let killsPerSeed = 6

    @Test(arguments: Seed.forThisRun(count: 7))
    func `a copy killed at any batch resumes and verifies`(seed: Seed) async throws {
        try await SourceFixture.withSource(CrashFixture.sql) { source in
            try await TestCluster.shared.withDatabase { url in
                var generator = SeededGenerator(seed)
                for number in 0..<Self.killsPerSeed {
                    let rows = Int.random(in: 0...CrashFixture.rows, using: &generator)
                    try await runKilled(at: rows, source, url, name: "p\(number)")
                }
            }
        }
    }

    private func runKilled(at rows: Int, _ source: String, _ url: String, name: String) async throws {
        let folder = URL(filePath: source).deletingLastPathComponent().path
        let file = "\(folder)/\(name).yaml"
        let options = ["-f", file, "--data", "\(folder)/\(name)"]
        try await slipway(
            [
                "cutover", "plan", "--source", source, "--target", url, "--tenant-column", "tenant", "--name", name,
                "-o", file,
            ]
                + ["--data", "\(folder)/\(name)"])
        try await slipway(["cutover", "preflight"] + options)
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = ["cutover", "copy", "--batch-rows", "50"] + options
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let pid = process.processIdentifier
        try await PostgresSession(try PostgresAddress(url)).run { connection in
            while kill(pid, 0) == 0 {
                let table = "slipway_\(name).checkpoint"
                let exists =
                    try connection.query("SELECT to_regclass($1) IS NOT NULL", [.text(table)]).text(0, 0) == "t"
                let done = exists ? try connection.query("SELECT coalesce(sum(rows), 0) FROM \(table)").text(0, 0) : nil
                if rows == 0 || Int(done ?? "0") ?? 0 >= rows { break }
            }
            kill(pid, SIGKILL)
        }
        try await slipway(["cutover", "copy"] + options)
        let result = try JSONValue(
            parsing: Array(try await slipway(["cutover", "verify", "--json"] + options).utf8.dropLast()))
        #expect(result["outcome"] == "pass", "killed at \(rows) rows")
        #expect(result["facts"]?["rows"] == .integer(Int64(CrashFixture.rows)))
    }

    @discardableResult
    private func slipway(_ arguments: [String]) async throws -> String {
        try await Command(Self.executable.path, arguments).run()
    }
}

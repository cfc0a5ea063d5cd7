import Foundation
import SlipwayTesting

/// The built program, run as a person runs it, in a folder of its own.
struct Tool: Sendable {
    struct Outcome: Sendable {
        var status: Int32
        /// What it said to standard error, its one line when it failed.
        var message: String
        var output: String
    }

    let folder: String
    /// The PostgreSQL that keeps Slipway's own tables; the data directory when nil.
    var database: String?

    static var executable: String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../.build/debug/slipway")
            .standardizedFileURL.path(percentEncoded: false)
    }

    /// Runs `slipway` with the folder's data directory.
    func callAsFunction(_ arguments: String...) async -> Outcome {
        await run(arguments)
    }

    func run(_ arguments: [String]) async -> Outcome {
        do {
            let takesData =
                arguments.first == "cutover"
                || (arguments.first == "evidence" && arguments.dropFirst().first != "verify")
            let own = database.map { ["--database", $0] } ?? []
            let data = takesData ? ["--data", folder + "/data"] + own : []
            return Outcome(status: 0, message: "", output: try await Command(Self.executable, arguments + data).run())
        } catch {
            return Outcome(status: error.status, message: error.message, output: "")
        }
    }

    /// Runs a program that must succeed.
    static func shell(_ path: String, _ arguments: [String]) async throws {
        _ = try await Command(path, arguments).run()
    }

    /// SQL on a SQLite file.
    static func sqlite(_ file: String, _ sql: String) async throws {
        try await shell("/usr/bin/sqlite3", [file, sql])
    }
}

/// A folder with a small application and its plan.
struct Application: Sendable {
    private(set) var tool: Tool
    /// Its cutover's name and the start of its roles' names: its own, because roles belong to the whole server.
    let name: String
    let source: String
    let manifest: String
    let url: String

    /// Lends an application whose plan points at this target.
    nonisolated(nonsending) static func with(
        target url: String, rows: Int = 60, _ body: (Application) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            let name = "app_" + UUID().uuidString.prefix(8).lowercased()
            let application = Application(
                tool: Tool(folder: folder), name: name, source: "\(folder)/\(name).sqlite",
                manifest: folder + "/app.yaml", url: url)
            try await Tool.sqlite(
                application.source,
                """
                CREATE TABLE items (id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, word TEXT, data BLOB);
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(rows))
                INSERT INTO items SELECT i, 't' || (i % 3), 'word ' || i, randomblob(400) FROM n;
                """)
            try await body(application)
        }
    }

    /// The same application, with Slipway's own tables in that PostgreSQL.
    func keeping(in database: String) -> Application {
        var application = self
        application.tool.database = database
        return application
    }

    func plan() async -> Tool.Outcome {
        await tool("cutover", "plan", "--source", source, "--target", url, "--tenant-column", "tenant", "-o", manifest)
    }

    func stage(_ name: String, _ more: String...) async -> Tool.Outcome {
        await tool.run(["cutover", name, "-f", manifest] + more)
    }

    /// Replaces text in the manifest, as a person would edit it.
    func edit(_ old: String, _ new: String) throws {
        let text = try String(contentsOfFile: manifest, encoding: .utf8)
        try text.replacing(old, with: new).write(toFile: manifest, atomically: true, encoding: .utf8)
    }
}

import Foundation
import SlipwayPostgres
import SlipwayTesting
import Testing

/// A source that cannot be used: one line that says what to do, and the right status.
@Suite(.timeLimit(.minutes(15))) struct SourceFaultTests {
    @Test func `a file that is no database, is damaged or is not there`() async throws {
        try await Application.with(target: "postgres://nobody@127.0.0.1:1/none", rows: 4_000) { application in
            let whole = try #require(FileManager.default.contents(atPath: application.source))
            try Data("not a database, whatever its name says, and long enough to be one".utf8)
                .write(to: URL(filePath: application.source))
            expect(await application.plan(), 64, "not a SQLite database", "encrypted")
            var damaged = whole
            for byte in 4_096..<(damaged.count - 4_096) { damaged[byte] = 0xAA }
            try damaged.write(to: URL(filePath: application.source))
            expect(await application.plan(), 64, "damaged", ".recover")
            try whole.prefix(whole.count / 2).write(to: URL(filePath: application.source))
            expect(await application.plan(), 64, "damaged")
            try FileManager.default.removeItem(atPath: application.source)
            expect(await application.plan(), 69, "does not exist")
        }
    }

    @Test func `a file that another process is writing`() async throws {
        try await Application.with(target: "postgres://nobody@127.0.0.1:1/none") { application in
            let writer = Process()
            let (input, output) = (Pipe(), Pipe())
            writer.executableURL = URL(filePath: "/usr/bin/sqlite3")
            writer.arguments = [application.source]
            writer.standardInput = input
            writer.standardOutput = output
            try writer.run()
            try input.fileHandleForWriting.write(contentsOf: Data("BEGIN EXCLUSIVE; SELECT 'locked';\n".utf8))
            _ = output.fileHandleForReading.availableData
            expect(await application.plan(), 4, "being written by another process")
            try input.fileHandleForWriting.close()
            writer.waitUntilExit()
            #expect(await application.plan().status == 0)
        }
    }

    @Test func `a schema that changed since the plan, and data that changed since the preflight`() async throws {
        try await TestCluster.shared.withDatabase { url in
            try await Application.with(target: url) { application in
                #expect(await application.plan().status == 0)
                expect(await application.stage("copy"), 2, "preflight")
                #expect(await application.stage("preflight").status == 0)
                try await Tool.sqlite(application.source, "INSERT INTO items VALUES (1000, 't1', 'late', NULL)")
                expect(await application.stage("copy"), 2, "changed since the preflight")
                try await Tool.sqlite(application.source, "ALTER TABLE items ADD COLUMN more TEXT")
                expect(await application.stage("preflight"), 2, "schema", "plan")
            }
        }
    }

    @Test func `a manifest that cannot be obeyed`() async throws {
        try await Application.with(target: "postgres://nobody@127.0.0.1:1/none") { application in
            expect(await application.stage("copy"), 64, "cannot be read", "plan")
            #expect(await application.plan().status == 0)
            expect(await application.plan(), 64, "exists", "--force")
            try application.edit("group: operations", "groop: operations")
            expect(await application.stage("preflight"), 64, "line", "groop", "unknown key")
            try application.edit("groop: operations", "group: everything")
            expect(await application.stage("preflight"), 64, "everything", "operations")
            try application.edit("group: everything", "group: operations")
            try application.edit("word: {type: text}", "word: {type: jsonb}")
            expect(await application.stage("preflight"), 64, "jsonb", "json")
        }
    }

    @Test func `a hazard blocks, is named with its way out, and the way out works`() async throws {
        try await TestCluster.shared.withDatabase { url in
            try await Application.with(target: url) { application in
                let secret = "correct horse battery staple"
                try await Tool.sqlite(
                    application.source, "UPDATE items SET word = '\(secret)' || char(0) || 'x' WHERE id = 7")
                #expect(await application.plan().status == 0)
                let text = try String(contentsOfFile: application.manifest, encoding: .utf8)
                try text.replacing("word: {type: bytea, form: text}", with: "word: {type: text}")
                    .write(toFile: application.manifest, atomically: true, encoding: .utf8)
                #expect(await application.stage("preflight").status == 2)
                let list = try String(
                    contentsOfFile: application.tool.folder + "/data/hazards-\(application.name).jsonl", encoding: .utf8
                )
                #expect(list.contains("\"class\":\"nul\"") && list.contains("rowid=7") || list.contains("id=7"))
                #expect(!list.contains(secret))
                try application.edit("word: {type: text}", "word: {type: bytea, form: text}")
                #expect(await application.stage("run").status == 0)
            }
        }
    }
}

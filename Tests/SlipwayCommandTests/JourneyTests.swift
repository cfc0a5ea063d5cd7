import Foundation
import SlipwayTesting
import Testing

/// The commands in the order a person gives them, to evidence that a stranger checks.
@Suite(.timeLimit(.minutes(15))) struct JourneyTests {
    @Test func `a cutover leaves evidence that holds, and one changed byte is named`() async throws {
        try await TestCluster.shared.withDatabase { url in
            try await Application.with(target: url) { application in
                let (tool, folder) = (application.tool, application.tool.folder)
                #expect(await application.plan().status == 0)
                let run = await application.stage("run")
                #expect(run.status == 0 && run.output.contains("equal"), "\(run)")
                #expect(await application.stage("status").output.contains("proven equal"))
                #expect(await tool("evidence", "list").output.split(separator: "\n").count == 5)
                #expect(
                    await tool("evidence", "show", "5").output.hasPrefix(
                        "ProductionDataCutoverPlan.v1\ntarget=\(application.name)\n"))
                let bundle = folder + "/evidence.json"
                #expect(await tool("evidence", "export", "-o", bundle).status == 0)
                let key = folder + "/data/signing.pub"
                #expect(await tool("evidence", "verify", bundle, "--key", key).status == 0)
                var bytes = try #require(FileManager.default.contents(atPath: bundle))
                bytes[777] ^= 4
                try bytes.write(to: URL(filePath: bundle))
                #expect(await tool("evidence", "verify", bundle, "--key", key).status == 3)
                let report = await tool("evidence", "verify", bundle, "--json")
                #expect(report.status == 3)
            }
        }
    }

    @Test func `a difference in the target is found, located and leaves with its own status`() async throws {
        try await TestCluster.shared.withDatabase { url in
            try await Application.with(target: url) { application in
                #expect(await application.plan().status == 0)
                #expect(await application.stage("run").status == 0)
                try await Tool.shell(
                    "/usr/bin/psql", [url, "-qc", "UPDATE \(application.name).items SET word = 'Word 9' WHERE id = 9"])
                #expect(await application.stage("verify").status == 3)
                #expect(await application.stage("status").output.contains("verify     fail"))
            }
        }
    }
}

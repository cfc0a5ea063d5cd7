import Foundation
import SlipwayDomain
import SlipwayTesting
import Testing

/// The Scenario Store by the commands a person gives, before a cutover and after it.
@Suite(.timeLimit(.minutes(15))) struct ScenarioCommandTests {
    private static func json(_ outcome: Tool.Outcome) throws -> JSONValue {
        try JSONValue(parsing: Array(outcome.output.utf8))
    }

    @Test func `what is exported from the file and from the server is the same file`() async throws {
        try await TestCluster.shared.withDatabase { url in
            try await withTemporaryDirectory { folder in
                let tool = Tool(folder: folder)
                // The schema's name is the roles' too, and those belong to the whole cluster.
                let name = "scenario_" + UUID().uuidString.prefix(8).lowercased()
                let data = ["--data", folder + "/data"]
                let server = data + ["--scenario-database", url, "--scenario-schema", name]
                let fresh = await tool.run(["scenario", "status", "--json"] + data)
                #expect(try Self.json(fresh)["rows"] == 0 && Self.json(fresh)["lastWrite"] == .null)
                #expect(!FileManager.default.fileExists(atPath: folder + "/data/scenario.sqlite"))
                #expect(await tool.run(["scenario", "fill", "--rows", "300"] + data).status == 0)
                #expect(await tool.run(["scenario", "export", "-o", folder + "/file.json"] + data).status == 0)
                let plan = await tool(
                    "cutover", "plan", "--source", folder + "/data/scenario.sqlite", "--target", url, "--tenant-column",
                    "tenant_id", "--name", name, "-o", folder + "/cutover.yaml")
                #expect(plan.status == 0, "\(plan)")
                let moved = await tool("cutover", "run", "-f", folder + "/cutover.yaml")
                #expect(moved.status == 0, "\(moved)")
                #expect(await tool.run(["scenario", "export", "-o", folder + "/server.json"] + server).status == 0)
                let (here, there) = (
                    FileManager.default.contents(atPath: folder + "/file.json"),
                    FileManager.default.contents(atPath: folder + "/server.json")
                )
                #expect(here == there && here != nil)
                let status = try Self.json(await tool.run(["scenario", "status", "--json"] + server))
                #expect(status["storage"] == "postgres-rls" && status["tenantMode"] == "multi-tenant-rls")
                #expect(status["authMode"] == .null, "no server was asked")
                let again = try Self.json(await tool.run(["scenario", "fill", "--rows", "300", "--json"] + server))
                #expect(again["written"] == 0)
                let serving = try await RunningServer(server + ["--concurrency", "0"])
                let session = try await serving.get("/api/v1/tenants/bfg/scenario")
                #expect(session["storage"] == "postgres-rls" && session["authMode"] == "mock-auth-header")
                #expect(session["rows"] == status["rows"])
                serving.signal(SIGTERM)
                #expect(serving.ends(withinSeconds: 120))
            }
        }
    }

    @Test func `whoever only looks leaves the store's file as it is`() async throws {
        try await withTemporaryDirectory { folder in
            let tool = Tool(folder: folder)
            let (data, file) = (["--data", folder + "/data"], folder + "/data/scenario.sqlite")
            #expect(await tool.run(["scenario", "fill", "--rows", "40"] + data).status == 0)
            #expect(await tool.run(["journey", "add", "demo"] + data).status == 0)
            let bytes = try #require(FileManager.default.contents(atPath: file))
            for look in [["scenario", "status"], ["scenario", "export", "-o", folder + "/out.json"], ["board"]] {
                #expect(await tool.run(look + data).status == 0)
                #expect(FileManager.default.contents(atPath: file) == bytes, "\(look) wrote to it")
                let log = FileManager.default.contents(atPath: file + "-wal")
                #expect(log?.isEmpty != false, "\(look) wrote to its log")
            }
        }
    }

    @Test func `a snapshot with a turned byte is refused with its own status, and leaves no row`() async throws {
        try await withTemporaryDirectory { folder in
            let tool = Tool(folder: folder)
            let file = folder + "/snapshot.json"
            #expect(await tool.run(["scenario", "fill", "--rows", "20", "--data", folder + "/a"]).status == 0)
            #expect(await tool.run(["scenario", "export", "-o", file, "--data", folder + "/a"]).status == 0)
            #expect(await tool.run(["scenario", "export", "-o", file, "--data", folder + "/a"]).status == 64)
            var bytes = try #require(FileManager.default.contents(atPath: file))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: URL(filePath: folder + "/turned.json"))
            let refused = await tool.run(["scenario", "import", folder + "/turned.json", "--data", folder + "/b"])
            #expect(refused.status == 3, "\(refused)")
            let status = try Self.json(await tool.run(["scenario", "status", "--json", "--data", folder + "/b"]))
            #expect(status["rows"] == 0)
            #expect(await tool.run(["scenario", "import", file, "--data", folder + "/b"]).status == 0)
            #expect(await tool.run(["scenario", "import", file, "--data", folder + "/b"]).status == 0)
            #expect(
                await tool.run(["scenario", "fill", "--rows", "1", "--seed", "9", "--data", folder + "/c"]).status == 0)
            #expect(await tool.run(["scenario", "import", file, "--data", folder + "/c"]).status == 2)
            let unbound = await tool.run(["scenario", "status", "--scenario-schema", "x", "--data", folder + "/d"])
            #expect(unbound.status == 64)
        }
    }
}

import SlipwayPostgres
import SlipwayTesting
import Testing

/// Slipway's own tables in a PostgreSQL: commands work as the role that row security binds, or not at all.
@Suite(.timeLimit(.minutes(15))) struct OwnTablesTests {
    @Test func `a table that is out of row security is refused, with what to run`() async throws {
        try await TestCluster.shared.withDatabase { url in
            try await withTemporaryDirectory { folder in
                let tool = Tool(folder: folder)
                let own = ["--data", folder + "/data", "--database", url]
                let added = await tool.run(["tenant", "add", "Contoso"] + own)
                #expect(added.status == 0, "\(added.message)")
                let listed = await tool.run(["tenant", "list"] + own)
                #expect(listed.output.contains("Contoso"), "\(listed.message)")
                try await PostgresSession(try PostgresAddress(url)).run {
                    try $0.run("ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY")
                }
                expect(await tool.run(["tenant", "list"] + own), 5, "ALTER TABLE tenants FORCE ROW LEVEL SECURITY")
            }
        }
    }
}

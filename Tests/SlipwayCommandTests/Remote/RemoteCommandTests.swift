import Foundation
import SlipwayDomain
import SlipwayTesting
import Testing

/// Work at a server elsewhere, by commands. Signing in at a real provider is in Tests/Conformance/login.
@Suite(.timeLimit(.minutes(15))) struct RemoteCommandTests {
    @Test func `where there is nothing to sign in to, one is told how to name oneself`() async throws {
        try await withServer { tool, server in
            expect(try await tool("login", "--server", server.address), 64, "mock-auth-header", "X-Slipway-Actor")
            #expect(!FileManager.default.fileExists(atPath: tool.file))
            let named = try await tool(
                "api", "get", "/auth/me", "--server", server.address, "-H", "X-Slipway-Actor: olena", "-H",
                "X-Slipway-Role: viewer")
            #expect(named.status == 0 && named.output.contains(#""actor":"olena""#), "\(named)")
        }
    }

    @Test func `a token is kept once the server has taken it, and forgotten by logout`() async throws {
        try await withServer { tool, server in
            let token = try await Self.token(for: "ci", role: "operator", tool)
            for wrong in ["slw_1_" + String(repeating: "0", count: 64), "no-token-at-all"] {
                expect(try await tool("login", "--server", server.address, "--token-stdin", input: wrong), 5, "401")
            }
            expect(try await tool("login", "--server", server.address, "--token-stdin", input: " \n"), 64, "no token")
            #expect(try await tool("whoami").status == 64, "none of these was kept")
            let login = try await tool("login", "--server", server.address + "/", "--token-stdin", input: token + "\n")
            #expect(login.status == 0 && login.output.contains("as ci, operator in every tenant"), "\(login)")
            let who = try await tool("whoami", "--json")
            #expect(try JSONValue(parsing: Array(who.output.utf8))["server"] == .string(server.address))
            #expect(try await tool("api", "GET", "/api/v1/operations").output.contains("cutover.connect"))
            let logout = try await tool("logout")
            #expect(logout.status == 0 && !logout.output.contains("provider"), "\(logout)")
            #expect(try String(contentsOfFile: tool.file, encoding: .utf8).contains("slw_") == false)
            expect(try await tool("whoami", "--server", server.address), 5, "slipway login")
        }
    }

    @Test func `a start, its run and its events are had as they come, with a status for scripts`() async throws {
        try await withServer { tool, server in
            try await Self.signIn("ci", role: "operator", tool, server)
            let starts = "/api/v1/operations/cutover.connect/starts"
            let target = #"target:={"cutover":"shop","manifest":"none"}"#
            let first = try await tool("api", "POST", starts, "-f", target, "--idempotency-key", "monday")
            let again = try await tool("api", "POST", starts, "-f", target, "--idempotency-key", "monday")
            let started = try JSONValue(parsing: Array(first.output.utf8))
            #expect(started["decision"] == "accepted" && again.output == first.output, "\(first) \(again)")
            let run = "/api/v1/runs/\(try #require(started["run"]?.integerValue))"
            let list = try await tool("api", "GET", "/api/v1/runs", "-f", "status=queued")
            #expect(try JSONValue(parsing: Array(list.output.utf8))["runs"]?.arrayValue?.count == 1, "\(list)")
            expect(try await tool("api", "POST", run + "/retry"), 4, "answered 409")
            #expect(try await tool("api", "POST", run + "/cancel").status == 0)
            #expect(try await tool("api", "GET", run + "/events").output.contains("event: end"))
            let missing = try await tool("api", "GET", "/api/v1/runs/9999")
            expect(missing, 64, "answered 404: Not found")
            #expect(missing.output.contains(#""status":404"#), "the problem itself is printed too")
        }
    }

    @Test func `what is blocked, refused, unreachable or wrongly asked leaves with its own status`() async throws {
        try await withServer { tool, server in
            let data = tool.folder + "/data"
            #expect(try await tool("tenant", "add", "Contoso", "--data", data).status == 0)
            try await Self.signIn("olena", role: "owner", tool, server)
            let body = tool.folder + "/body.json"
            try Data(#"{"tenant": "Contoso"}"#.utf8).write(to: URL(filePath: body))
            let sync = "/api/v1/operations/directory.groups.sync/starts"
            expect(try await tool("api", "POST", sync, "--body", body), 2, "answered 422")
            #expect(try await tool("api", "POST", sync, "--body", body, "-f", "a=b").status == 64)
            expect(try await tool("api", "POST", sync, "--body", body + "x"), 64, "cannot be read")
            try await Self.signIn("vira", role: "viewer", tool, server)
            expect(
                try await tool("api", "POST", sync, "--body", "-", input: #"{"tenant": "Contoso"}"#), 5,
                "answered 403", "directory.sync")
            let nobody = "http://127.0.0.1:1"
            expect(try await tool("login", "--server", nobody), 69, "cannot be reached")
            expect(try await tool("api", "GET", "/", "--server", "http://192.0.2.1"), 5, "use https")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: tool.file)
            expect(try await tool("whoami"), 5, "chmod 600")
        }
    }

    /// A server that carries nothing out, and a person who has not signed in to it.
    private func withServer(_ body: (RemoteTool, RunningServer) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let server = try await RunningServer(["--data", folder + "/data", "--concurrency", "0"])
            try await body(RemoteTool(folder: folder), server)
        }
    }

    private static func signIn(_ name: String, role: String, _ tool: RemoteTool, _ server: RunningServer) async throws {
        let token = try await token(for: name, role: role, tool)
        let login = try await tool("login", "--server", server.address, "--token-stdin", input: token)
        #expect(login.status == 0, "\(login)")
    }

    private static func token(for name: String, role: String, _ tool: RemoteTool) async throws -> String {
        let data = tool.folder + "/data"
        let member = try await tool("member", "add", name, "--role", role, "--data", data)
        #expect(member.status == 0, "\(member)")
        let made = try await tool("token", "create", name, "--name", "test", "--data", data)
        return made.output.filter { !$0.isNewline }
    }
}

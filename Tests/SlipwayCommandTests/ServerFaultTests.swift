import Foundation
import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL
import SlipwayTesting
import Testing

/// Real servers on one PostgreSQL, killed and stopped at any point while they carry out a stage of a cutover: another
/// goes on, and what arrives is what was sent.
@Suite(.timeLimit(.minutes(15)), .serialized) struct ServerFaultTests {
    @Test func `a server that is killed while it copies: the other one goes on, and every row arrives once`()
        async throws
    {
        try await withServers(rows: 8000) { setting in
            let first = try await setting.server()
            let second = try await setting.server()
            let run = try await setting.start("cutover.copy", by: first, ["batch_rows": "5"])
            let (holder, other) = try await setting.holder(of: run, first, second)
            holder.signal(SIGKILL)
            let ended = try await setting.end(of: run, asking: other)
            #expect(ended["outcome"] == "succeeded", "\(ended)")
            #expect(kinds(ended).contains("worker_lost"))
            let verified = await setting.application.stage("verify")
            #expect(verified.status == 0, "\(verified.message)")
        }
    }

    @Test func `a server that is stopped past its lease and woken changes nothing any more`() async throws {
        try await withServers(rows: 60_000) { setting in
            let first = try await setting.server()
            let second = try await setting.server()
            let run = try await setting.start("cutover.preflight", by: first)
            let (holder, other) = try await setting.holder(of: run, first, second)
            holder.signal(SIGSTOP)
            let ended = try await setting.end(of: run, asking: other)
            #expect(ended["outcome"] == "succeeded", "\(ended)")
            holder.signal(SIGCONT)
            let late = try await setting.until(asking: other, run) { kinds($0).contains("stale_write_refused") }
            #expect(late["outcome"] == "succeeded")
            #expect(kinds(late).filter { $0 == "finished" }.count == 1)
            #expect(late["status"] == "completed")
        }
    }

    @Test func `the postmaster is killed while a server copies: it waits, goes on, and every row arrives once`()
        async throws
    {
        try await withServers(rows: 4000) { setting in
            let server = try await setting.server()
            let run = try await setting.start("cutover.copy", by: server, ["batch_rows": "5"])
            _ = try await setting.until(asking: server, run) { $0["status"] == "running" }
            try await setting.cluster.killAndRestart()
            let ended = try await setting.end(of: run, asking: server)
            #expect(ended["status"] == "completed")
            // The copy's own connection broke: the run says so, and running the stage again completes it.
            let again = await setting.application.stage("copy")
            #expect(again.status == 0, "\(again.message)")
            let verified = await setting.application.stage("verify")
            #expect(verified.status == 0, "\(verified.message)")
        }
    }

    @Test func `told to stop, a server ends in time although somebody listens and somebody never sends`() async throws {
        try await withServers(rows: 10) { setting in
            let server = try await setting.server(["--concurrency", "0"])
            let run = try await setting.start("cutover.preflight", by: server)
            async let heard = Command(
                "/usr/bin/curl",
                [
                    "-sN", "-H", "X-Slipway-Actor: test", "-H", "X-Slipway-Role: owner",
                    "\(server.address)/api/v1/runs/\(run)/events",
                ]
            ).run()
            _ = try await setting.until(asking: server, run) { $0["status"] == "queued" }
            server.signal(SIGTERM)
            #expect(server.ends(withinSeconds: 14))
            #expect(try await heard.contains("event: run"))
        }
    }

    private func kinds(_ run: JSONValue) -> [String] {
        (run["events"]?.arrayValue ?? []).compactMap { $0["kind"]?.stringValue }
    }

    private func withServers(rows: Int, _ body: @Sendable (Setting) async throws -> Void) async throws {
        let cluster = try await PrivateCluster.start(settings: ["max_connections": "100"])
        try await Tool.shell(
            cluster.binDirectory + "/createdb",
            ["--host=\(cluster.socketDirectory)", "--port=\(cluster.port)", "--username=postgres", "control"])
        try await Application.with(target: cluster.url, rows: rows) { application in
            let application = application.keeping(in: cluster.url(database: "control"))
            for outcome in [await application.plan(), await application.stage("preflight")] {
                try #require(outcome.status == 0, "\(outcome.message)")
            }
            try await body(Setting(application: application, cluster: cluster))
        }
        await cluster.stop()
    }
}

/// One application, and the servers that work for it.
private struct Setting: Sendable {
    let application: Application
    let cluster: PrivateCluster

    func server(_ more: [String] = []) async throws -> RunningServer {
        try await RunningServer(
            ["--data", application.tool.folder + "/data", "--database", cluster.url(database: "control")] + more)
    }

    func start(
        _ operation: String, by server: RunningServer, _ more: [String: JSONValue] = [:]
    ) async throws -> Int64 {
        let manifest = try Data(contentsOf: URL(filePath: application.manifest))
        var target = more
        target["cutover"] = .string(application.name)
        target["manifest"] = .string(Digest(sha256Of: manifest).description)
        target["file"] = .string(application.manifest)
        let answer = try await server.post(
            "/api/v1/operations/\(operation)/starts", ["target": .object(target)])
        return try #require(answer["run"]?.integerValue, "\(answer)")
    }

    /// Which of the two servers has the run, once one has, and the other.
    func holder(
        of run: Int64, _ first: RunningServer, _ second: RunningServer
    ) async throws -> (RunningServer, other: RunningServer) {
        _ = try await until(asking: first, run) { $0["status"] == "running" }
        let process = try await PostgresSession(try PostgresAddress(cluster.url(database: "control"))).run {
            connection in
            try connection.query(
                "SELECT w.process FROM workers w JOIN operation_runs r ON r.worker_id = w.id WHERE r.id = $1",
                [.integer(run)]
            ).text(0, 0)
        }
        return process?.hasPrefix("\(first.pid)/") == true ? (first, second) : (second, first)
    }

    func end(of run: Int64, asking server: RunningServer) async throws -> JSONValue {
        try await until(asking: server, run) { $0["status"] == "completed" }
    }

    /// Waits for a state, not for a time; a server whose database is away answers with a problem until it is back.
    func until(
        asking server: RunningServer, _ run: Int64, _ condition: (JSONValue) -> Bool
    ) async throws -> JSONValue {
        while true {
            let json = try await server.get("/api/v1/runs/\(run)")
            if condition(json) { return json }
            usleep(50_000)
        }
    }
}

extension PrivateCluster {
    /// Kills the postmaster as a power cut would, and starts it again.
    fileprivate func killAndRestart() async throws {
        let data = directory + "/data"
        let lines = try String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8).split(separator: "\n")
        let pid = try #require(lines.first.flatMap { Int32($0) })
        kill(pid, SIGKILL)
        // It may stay behind as a zombie, which is taken for a server by whoever reads its number.
        while let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8), !stat.contains(") Z ") {
            await Task.yield()
        }
        for lock in [data + "/postmaster.pid", "\(socketDirectory)/.s.PGSQL.\(port).lock"] {
            try FileManager.default.removeItem(atPath: lock)
        }
        let owner = try #require(
            try FileManager.default.attributesOfItem(atPath: data)[.ownerAccountName] as? String)
        let user = getuid() == 0 ? "setpriv --reuid=\(owner) --regid=\(owner) --init-groups -- " : ""
        // The server must not keep open what the end of this program is told by.
        try await Tool.shell(
            "/bin/bash",
            [
                "-c",
                "for fd in /proc/self/fd/*; do n=${fd##*/}; [ $n -gt 2 ] && eval \"exec $n>&-\"; done; "
                    + "exec \(user)'\(binDirectory)/pg_ctl' start -D '\(data)' -l '\(directory)/server.log' -w -t 60 -s "
                    + ">/dev/null 2>&1 </dev/null",
            ])
    }
}

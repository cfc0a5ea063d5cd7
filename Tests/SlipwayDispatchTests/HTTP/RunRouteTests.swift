import HTTPTypes
import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct RunRouteTests {
    @Test(arguments: Backend.enabled)
    func `a run is followed event by event to its end, and from where one was`(on backend: Backend) async throws {
        try await WebFixture.with(backend) { web in
            let run = try await startAndDrive(web, ScriptedAdapter(items: ["a"]))
            let all = try await web.get("/api/v1/runs/\(run)/events")
            #expect(all.headers[.contentType] == "text/event-stream")
            #expect(all.text.hasPrefix("retry: 3000\n\nid: 1\nevent: run\n"))
            #expect(lines("id", of: all) == ["1", "2", "3"])
            #expect(lines("event", of: all) == ["run", "run", "run", "end"])
            let rest = try await web.get("/api/v1/runs/\(run)/events", ["Last-Event-ID": "2"])
            #expect(lines("id", of: rest) == ["3"])
            let foreign = try await web.get("/api/v1/runs/\(run)/events", ["Last-Event-ID": "77"])
            #expect(lines("event", of: foreign) == ["reset", "run", "run", "run", "end"])
            #expect(try await web.get("/api/v1/runs/\(run)/events", ["Last-Event-ID": "x"]).status == 400)
        }
    }

    @Test func `a copy that is as it was is not sent again, and an old one cannot cancel`() async throws {
        try await WebFixture.with { web in
            let run = try await start(web)
            let shown = try await web.get("/api/v1/runs/\(run)")
            let tag = try #require(shown.headers[.eTag])
            #expect(try await web.get("/api/v1/runs/\(run)", ["If-None-Match": tag]).status == 304)
            _ = try await web.fixture.claim(run)
            #expect(try await web.get("/api/v1/runs/\(run)", ["If-None-Match": tag]).status == 200)
            #expect(try await web.post("/api/v1/runs/\(run)/cancel", nil, ["If-Match": tag]).status == 412)
            // A list of no tags is a list that nothing matches.
            #expect(try await web.get("/api/v1/runs/\(run)", ["If-None-Match": ""]).status == 200)
            #expect(try await web.post("/api/v1/runs/\(run)/cancel", nil, ["If-Match": " , "]).status == 412)
            let cancelled = try await web.post("/api/v1/runs/\(run)/cancel")
            #expect(cancelled.status == 202)
            #expect(cancelled.json?["cancel"] == "requested")
            #expect(try await web.post("/api/v1/runs/\(run)/cancel").status == 202, "asking twice is asking once")
        }
    }

    @Test func `a run nobody has taken is cancelled at once; one that is over is not`() async throws {
        try await WebFixture.with { web in
            let run = try await start(web)
            let cancelled = try await web.post("/api/v1/runs/\(run)/cancel")
            #expect(cancelled.json?["outcome"] == "cancelled")
            #expect(try await web.fixture.count("run_holds") == 0)
            let other = try await startAndDrive(web, ScriptedAdapter())
            #expect(try await web.post("/api/v1/runs/\(other)/cancel").status == 409)
        }
    }

    @Test(arguments: Backend.enabled)
    func `what failed is retried alone, as a child, and found where it was done`(on backend: Backend) async throws {
        try await WebFixture.with(backend) { web in
            let adapter = ScriptedAdapter(
                items: ["a", "b", "c"], script: ["b": [.fails(.terminal(.permissionMissing))]])
            let run = try await startAndDrive(web, adapter)
            let retry = try await web.post("/api/v1/runs/\(run)/retry")
            #expect(retry.status == 202, "\(retry.text)")
            let child = try #require((retry.json?["run"]?.integerValue).flatMap(ID<OperationRun>.init))
            #expect(child != run)
            try await web.fixture.drive(child, adapter)
            let shown = try await web.get("/api/v1/runs/\(child)")
            #expect(shown.json?["outcome"] == "succeeded")
            #expect(shown.json?["parent"] == .integer(run.number))
            #expect(shown.json?["items"]?.arrayValue?.map { $0["item"] } == ["b"])
            #expect(await adapter.performed == ["a", "b", "c", "b"])
            #expect(try await web.post("/api/v1/runs/\(child)/retry").status == 409, "nothing failed")
        }
    }

    @Test(arguments: Backend.enabled)
    func `runs come page by page, each once, and by every filter`(on backend: Backend) async throws {
        try await WebFixture.with(backend) { web in
            for number in 0..<7 {
                let request = try web.fixture.request(DispatchFixture.free, key: "\(number)")
                _ = try await web.fixture.gate(random: UInt64(number)).start(request)
            }
            var seen: [Int64] = []
            var path = "/api/v1/runs?limit=3"
            for _ in 0..<4 {
                let page = try await web.get(path)
                seen += (page.json?["runs"]?.arrayValue ?? []).compactMap { $0["id"]?.integerValue }
                guard let next = page.json?["next"]?.stringValue else { break }
                path = "/api/v1/runs?limit=3&cursor=\(next)"
            }
            #expect(seen.count == 7)
            #expect(seen == seen.sorted(by: >))
            for (query, count) in [
                ("tenant=1", 7), ("tenant=2", 0), ("status=queued", 7), ("status=completed", 0), ("type=test.free", 7),
                ("type=test.sync", 0), ("tenant=1&status=queued&type=test%2Efree&cursor=\(seen[2])", 4),
            ] {
                let page = try await web.get("/api/v1/runs?\(query)")
                #expect(page.json?["runs"]?.arrayValue?.count == count, "\(query): \(page.text)")
            }
        }
    }

    private func start(_ web: WebFixture) async throws -> ID<OperationRun> {
        let answer = try await web.post(
            "/api/v1/operations/test.sync/starts", ["tenant": "tenant 1", "target": ["key": "one"]])
        return try #require((answer.json?["run"]?.integerValue).flatMap(ID<OperationRun>.init))
    }

    private func startAndDrive(_ web: WebFixture, _ adapter: ScriptedAdapter) async throws -> ID<OperationRun> {
        let run = try await start(web)
        try await web.fixture.drive(run, adapter)
        return run
    }

    private func lines(_ field: String, of answer: WebFixture.Answer) -> [String] {
        answer.text.split(separator: "\n").filter { $0.hasPrefix(field + ": ") }.map {
            String($0.dropFirst(field.count + 2))
        }
    }
}

import HTTPTypes
import SlipwayDomain
import SlipwaySQL
import SlipwayTesting
import SlipwayWeb
import Testing

/// What no sensible client sends: each has a clear answer, none a fault, and nothing is started or cut short.
@Suite(.timeLimit(.minutes(15))) struct HostileRequestTests {
    private static let start = "/api/v1/operations/test.sync/starts"

    @Test(arguments: Backend.enabled)
    func `a body that holds what a database cannot is refused by its field`(on backend: Backend) async throws {
        let bodies: [(body: JSONValue, field: String)] = [
            (["tenant": "tenant 1\u{0}"], "tenant"),
            (["tenant": "tenant 1", "sourceSurface": "x\u{0}y"], "sourceSurface"),
            (["tenant": "tenant 1", "target": ["key": "b\u{0}b"]], "target"),
            (["tenant": "tenant 1", "target": ["k\u{0}": "b"]], "target"),
            (["tenant": .string(String(repeating: "a", count: 257))], "tenant"),
            (["tenant": "tenant 1", "target": ["key": .string(String(repeating: "a", count: 4097))]], "target"),
            (["tenant": "tenant 1", "target": .object(many(33))], "target"),
            (["tenant": "tenant 1", "target": ["key": 9_007_199_254_740_992]], "target"),
            (["tenant": "tenant 1", "target": ["key": .double(1.5)]], "target"),
        ]
        try await WebFixture.with(backend) { web in
            for (body, field) in bodies {
                let answer = try await web.post(Self.start, body)
                #expect(answer.status == 400, "\(field): \(answer.text)")
                #expect(answer.json?["field"] == .string(field))
            }
            // As text, since canonical JSON does not write such numbers.
            for number in [Int64.min, .max] {
                let body = #"{"tenant": "tenant 1", "target": {"key": \#(number)}}"#
                #expect(try await web.send(.post, Self.start, body: body).status == 400, "\(number)")
            }
            #expect(try await web.fixture.count("operation_runs") == 0)
            // The longest that is allowed is taken on both engines, whatever it is made of.
            let long = String(repeating: "€", count: 4096)
            let taken = try await web.post(Self.start, ["tenant": "tenant 1", "target": ["key": .string(long)]])
            #expect(taken.status == 202, "\(taken.text)")
            let whole = try await web.post(Self.start, ["tenant": "tenant 2", "target": ["key": .double(7)]])
            #expect(whole.status == 202, "7.0 is an integer")
        }
    }

    @Test(arguments: Backend.enabled)
    func `a path or a query that cannot be read names nothing`(on backend: Backend) async throws {
        try await WebFixture.with(backend) { web in
            for path in ["/admin/t/tenant%201%00x/directory/groups/sync", "/admin/t/%ff/directory/groups/sync"] {
                let answer = try await web.post(path, [:])
                #expect(answer.status == 404, "\(path)")
            }
            for query in [
                "type=%zz", "type=%ff", "type=x%00", "limit=+5", "limit=05", "limit=0", "cursor=", "tenant=-1",
            ] {
                let answer = try await web.get("/api/v1/runs?\(query)")
                #expect(answer.status == 400, "\(query)")
            }
            #expect(try await web.get("/api/v1/runs?%74enant=1&&limit=5").status == 200)
            #expect(try await web.fixture.count("operation_runs") == 0)
        }
    }

    @Test func `headers are read as they are meant, or refused`() async throws {
        try await WebFixture.with { web in
            let run = try await web.post(Self.start, ["tenant": "tenant 1", "target": ["key": "one"]])
            let path = "/api/v1/runs/\(try #require(run.json?["run"]?.integerValue))"
            let tag = try #require(try await web.get(path).headers[.eTag])
            for (header, status) in [
                (tag, 304), ("W/\(tag)", 304), ("*", 304), ("\"a,b\", \(tag)", 304), ("\"other\"", 200), ("", 200),
                ("3", 400), ("\"3", 400), ("\"a\" b", 400),
            ] {
                #expect(try await web.get(path, ["if-none-match": header]).status == status, "\(header)")
            }
            for (header, status) in [("W/\(tag)", 412), ("\"99-0\"", 412), ("x", 400)] {
                #expect(
                    try await web.post("\(path)/cancel", nil, ["if-match": header]).status == status, "\(header)")
            }
            #expect(try await web.post("\(path)/cancel", nil, ["if-match": "\"7-1\", \(tag)"]).status == 202)
            #expect(try await web.get("\(path)/events", ["last-event-id": "+1"]).status == 400)
            #expect(try await web.get(path, actor: "olena, marek").status == 400)
            let typed = ["content-type": "application/json ; charset=utf-8"]
            #expect(try await web.post(Self.start, ["tenant": "tenant 2"], typed).status == 202)
            #expect(try await web.post(Self.start, [:], ["content-encoding": "gzip"]).status == 415)
        }
    }

    @Test func `every address answers every method`() async throws {
        try await WebFixture.with { web in
            let head = try await web.send(.head, "/api/v1/runs", body: nil)
            #expect(head.status == 200)
            #expect(head.text.isEmpty)
            for method in [HTTPRequest.Method.put, .options, .trace] {
                let answer = try await web.send(method, "/api/v1/operations/x/starts:preflight", body: nil)
                #expect(answer.status == 405, "\(method)")
                #expect(answer.headers[.allow] == "POST")
            }
            #expect(try await web.send(.options, "/nowhere", body: nil).status == 404)
        }
    }

    private func many(_ count: Int) -> [String: JSONValue] {
        Dictionary(uniqueKeysWithValues: (0..<count).map { ("field\($0)", "x") })
    }
}

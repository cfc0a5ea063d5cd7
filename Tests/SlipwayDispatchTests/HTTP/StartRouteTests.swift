import HTTPTypes
import SlipwayDomain
import SlipwayOperations
import SlipwayTesting
import SlipwayWeb
import Testing

@Suite(.timeLimit(.minutes(15))) struct StartRouteTests {
    @Test func `the document of the API is as it was reviewed`() async throws {
        try await WebFixture.with { web in
            expectSnapshot(OpenAPIDocument.json(of: web.endpoints).lines, named: "openapi")
        }
    }

    @Test(arguments: Backend.enabled)
    func `a start is accepted, then named, then in the way`(on backend: Backend) async throws {
        try await WebFixture.with(backend) { web in
            let body: JSONValue = ["tenant": "tenant 1", "target": ["key": "one"]]
            let first = try await web.post("/api/v1/operations/test.sync/starts", body)
            #expect(first.status == 202)
            let run = try #require(first.json?["run"]?.integerValue)
            #expect(first.headers[.location] == "/api/v1/runs/\(run)")
            let again = try await web.post("/api/v1/operations/test.sync/starts", body)
            #expect(again.status == 202)
            #expect(again.json?["decision"] == "deduped")
            #expect(again.json?["run"] == .integer(run))
            let other = try await web.post(
                "/api/v1/operations/test.sync/starts", ["tenant": "1", "target": ["key": "two"]])
            #expect(other.status == 409)
            #expect(other.json?["start"]?["holders"]?.arrayValue?.first?["run"] == .integer(run))
            #expect(other.json?["type"] == "/runbook/scope_busy")
        }
    }

    @Test(arguments: Backend.enabled)
    func `under a key the same start is answered alike, to whoever may ask it`(on backend: Backend) async throws {
        try await WebFixture.with(backend) { web in
            let path = "/api/v1/operations/test.sync/starts"
            let body: JSONValue = ["tenant": "tenant 1", "target": ["key": "one"]]
            let key = ["idempotency-key": "6f1c"]
            let first = try await web.post(path, body, key)
            let again = try await web.post(path, body, key)
            #expect(first.status == 202)
            #expect(again.status == 202)
            #expect(again.text == first.text)
            #expect(again.headers[.location] == first.headers[.location])
            #expect(try again.headers[#require(HTTPField.Name("idempotency-replayed"))] == "true")
            let reused = try await web.post(path, ["tenant": "tenant 2", "target": ["key": "one"]], key)
            #expect(reused.status == 422)
            #expect(reused.json?["type"] == "/runbook/idempotency_key_reused")
            // A tenant that is gone is not there, whatever the key has seen.
            let gone = try await web.post(path, ["tenant": "nobody", "target": ["key": "one"]], key)
            #expect(gone.status == 404)
            #expect(try await web.post(path, body, ["idempotency-key": "a b"]).status == 400)
        }
    }

    @Test func `a preflight says what a start would be answered, and starts nothing`() async throws {
        try await WebFixture.with { web in
            let body: JSONValue = ["tenant": "tenant 1", "target": ["key": "one"]]
            let foreseen = try await web.post("/api/v1/operations/test.sync/starts:preflight", body)
            #expect(foreseen.status == 200)
            #expect(foreseen.json?["decision"] == "accepted")
            #expect(try await web.fixture.count("operation_runs") == 0)
        }
    }

    @Test func `a start that lacks something names all of it`() async throws {
        try await WebFixture.with { web in
            let blocked = try await web.post("/api/v1/operations/test.connected/starts", ["tenant": "tenant 1"])
            #expect(blocked.status == 422)
            #expect(blocked.json?["type"] == "/runbook/provider_connection_missing")
            let blockers = blocked.json?["start"]?["blockers"]?.arrayValue ?? []
            #expect(blockers.map { $0["reasonCode"] } == ["provider_connection_missing"])
        }
    }

    @Test func `what cannot be read is refused by its name`() async throws {
        let path = "/api/v1/operations/test.sync/starts"
        let cases: [(body: String, field: String?, status: Int)] = [
            (#"{"tenant":"tenant 1","colour":"red"}"#, "colour", 400),
            (#"{"tenant":7}"#, "tenant", 400),
            (#"{"providerConnectionId":"7"}"#, "providerConnectionId", 400),
            (#"{"providerConnectionId":9007199254740992}"#, "providerConnectionId", 400),
            (#"{"target":[1]}"#, "target", 400), (#"{"target":{"a":{}}}"#, "target", 400), ("[]", nil, 400),
            ("{", nil, 400), (#"{"tenant":"tenant 1","tenant":"tenant 2"}"#, nil, 400),
        ]
        try await WebFixture.with { web in
            for (body, field, status) in cases {
                let answer = try await web.send(.post, path, body: body)
                #expect(answer.status == status, "\(body): \(answer.text)")
                #expect(answer.json?["field"]?.stringValue == field, "\(body): \(answer.text)")
            }
            let plain = try await web.send(.post, path, ["content-type": "text/plain"], body: "{}")
            #expect(plain.status == 415)
            #expect(try await web.get("/api/v1/runs?colour=red").json?["field"] == "colour")
            #expect(try await web.get("/api/v1/runs?limit=0").status == 400)
            #expect(try await web.fixture.count("operation_runs") == 0)
        }
    }

    @Test func `nobody starts or sees anything, and what is not there is answered alike`() async throws {
        try await WebFixture.with { web in
            for path in ["/api/v1/runs", "/api/v1/runs/1", "/admin/operations/1"] {
                #expect(try await web.get(path, actor: nil).status == 401)
            }
            let texts = [
                try await web.get("/api/v1/runs/123"), try await web.get("/api/v1/runs/0123"),
                try await web.get("/api/v1/runs/-1"), try await web.get("/api/v1/runs/99999999999999999999"),
                try await web.get("/admin/operations/123"), try await web.get("/nothing/here"),
                try await web.post("/api/v1/operations/no.such/starts", ["tenant": "tenant 1"]),
                try await web.post("/api/v1/operations/test.sync/starts", ["tenant": "no such"]),
                try await web.post("/admin/provider-connections/5/actions/test.sync/start"),
            ].map { answer in
                #expect(answer.status == 404, "\(answer.text)")
                return answer.text.replacing(/"requestId":"[^"]*"/, with: "")
            }
            #expect(Set(texts).count == 1)
        }
    }

    @Test(arguments: [
        ("localhost", true), ("localhost:8080", true), ("127.0.0.1:8080", true), ("[::1]:8080", true),
        ("evil.example", false), ("127.0.0.1.evil.example", false), ("localhost.evil.example:8080", false),
        ("0.0.0.0:8080", false), ("127.0.0.01", false),
    ])
    func `only names of this machine are its names`(authority: String, isOurs: Bool) {
        #expect(Loopback.contains(authority: authority) == isOurs)
    }

    @Test func `each address says which methods it takes`() async throws {
        try await WebFixture.with { web in
            let answer = try await web.send(.delete, "/api/v1/runs", body: nil)
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == "GET, HEAD")
        }
    }

    @Test func `every reason and problem has its page`() async throws {
        try await WebFixture.with { web in
            for reason in ReasonCode.allCases {
                let page = try await web.get(reason.runbookPath, actor: nil)
                #expect(page.status == 200, "\(reason)")
                #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            }
            #expect(try await web.get("/runbook/no_such", actor: nil).status == 404)
        }
    }
}

import HTTPTypes
import SlipwayDomain
import SlipwaySQL
import SlipwayTesting
import Testing

/// The Scenario Store as clients reach it.
@Suite(.timeLimit(.minutes(15))) struct ScenarioRouteTests {
    private static let base = "/api/v1/tenants/bfg/scenario"

    private static func rows(_ collection: String) -> String { "\(base)/collections/\(collection)/rows" }

    private static func body(_ ids: [String], _ payload: JSONValue = ["n": 1]) -> JSONValue {
        ["rows": .array(ids.map { ["id": .string($0), "payload": payload] })]
    }

    private static func put(
        _ web: WebFixture, _ path: String, _ payload: JSONValue, match: String?, actor: String = "olena"
    ) async throws -> WebFixture.Answer {
        let body: JSONValue = ["payload": payload]
        return try await web.send(
            .put, path, match.map { ["If-Match": $0] } ?? [:], actor: actor,
            body: String(decoding: try body.canonicalBytes, as: UTF8.self))
    }

    @Test func `a fresh demo has no rows, no last write, and five actors`() async throws {
        try await WebFixture.with { web in
            let session = try await web.get(Self.base, actor: "user_md_anna")
            #expect(session.status == 200)
            #expect(session.json?["rows"] == 0 && session.json?["lastWrite"] == .null)
            #expect(session.json?["contract"] == "ScenarioStore.v1" && session.json?["session"] == "grant-demo-local")
            #expect(session.json?["storage"] == "file-local" && session.json?["tenantMode"] == "single-tenant-local")
            #expect(session.json?["authMode"] == "mock-auth-header")
            #expect(session.json?["actors"]?.arrayValue?.count == 5)
        }
    }

    @Test func `rows are appended, read behind a cursor, and answered again as they were`() async throws {
        try await WebFixture.with { web in
            let first = try await web.post(
                Self.rows("orders"), Self.body(["a", "b", "c"]), actor: "user_dispatcher_marek")
            #expect(first.status == 200, "\(first.text)")
            #expect(first.json?["rows"]?.arrayValue?.compactMap { $0["sequence"] } == [1, 2, 3])
            let again = try await web.post(
                Self.rows("orders"), Self.body(["a", "b", "c"]), actor: "user_dispatcher_marek")
            #expect(again.status == 200 && again.text == first.text)
            #expect(again.headers[.init("Idempotency-Replayed") ?? .accept] == "true")
            let page = try await web.get(Self.rows("orders") + "?limit=2", actor: "user_accountant_olena")
            #expect(page.json?["rows"]?.arrayValue?.compactMap { $0["id"] } == ["a", "b"])
            let next = try #require(page.json?["next"]?.stringValue)
            let rest = try await web.get(Self.rows("orders") + "?limit=2&cursor=\(next)", actor: "user_md_anna")
            #expect(rest.json?["rows"]?.arrayValue?.compactMap { $0["id"] } == ["c"])
            #expect(rest.json?["next"] == .null)
            let events = try await web.get(Self.rows("audit_events"), actor: "user_md_anna")
            #expect(events.json?["rows"]?.arrayValue?.compactMap { $0["actor"] } == ["user_dispatcher_marek"])
            #expect(events.json?["rows"]?.arrayValue?.first?["payload"]?["rows"] == 3)
            let session = try await web.get(Self.base)
            #expect(session.json?["rows"] == 4 && session.json?["counts"]?["orders"] == 3)
        }
    }

    @Test func `a conflict names the row and its version, and nothing is stored`() async throws {
        try await WebFixture.with { web in
            _ = try await web.post(Self.rows("orders"), Self.body(["a"]))
            let conflict = try await web.post(Self.rows("orders"), Self.body(["b", "a"], ["n": 2]))
            #expect(conflict.status == 409)
            #expect(conflict.json?["type"] == "/runbook/scenario_conflict")
            #expect(
                conflict.json?["outcomes"] == [
                    ["id": "b", "outcome": "held", "version": .null], ["id": "a", "outcome": "conflict", "version": 1],
                ])
            #expect(try await web.get(Self.rows("orders") + "/b").status == 404)
        }
    }

    @Test func `a row is changed with its ETag, and not with an older one`() async throws {
        try await WebFixture.with { web in
            _ = try await web.post(Self.rows("orders"), Self.body(["a"]))
            let row = try await web.get(Self.rows("orders") + "/a")
            let tag = try #require(row.headers[.eTag])
            #expect(tag == "\"1-1\"")
            let same = try await web.get(Self.rows("orders") + "/a", ["If-None-Match": tag])
            #expect(same.status == 304)
            let path = Self.rows("orders") + "/a"
            #expect(try await Self.put(web, path, ["n": 2], match: nil).status == 428)
            #expect(try await Self.put(web, path, ["n": 2], match: "\"7-1\"").status == 412)
            let changed = try await Self.put(web, path, ["n": 2], match: tag)
            #expect(changed.status == 200 && changed.headers[.eTag] == "\"2-2\"", "\(changed.text)")
            #expect(try await Self.put(web, path, ["n": 3], match: tag).status == 412)
            let lost = try await Self.put(web, path, ["n": 2], match: tag)
            #expect(lost.status == 200 && lost.text == changed.text, "whose answer was lost asks again")
            #expect(try await Self.put(web, path, ["n": 4], match: "*").status == 200)
            #expect(try await Self.put(web, Self.rows("orders") + "/zz", ["n": 1], match: "*").status == 404)
            #expect(try await Self.put(web, Self.rows("orders") + "/a%20b", ["n": 1], match: "*").status == 404)
        }
    }

    @Test func `each of the five writes what is theirs and is told what they lack`() async throws {
        try await WebFixture.with { web in
            let writers: [ScenarioCollection: Set<String>] = [
                .orders: ["user_dispatcher_marek"], .dispatch: ["user_dispatcher_marek"],
                .riskEvents: ["user_dispatcher_marek"], .ksefDocuments: ["user_accountant_olena"],
                .payments: ["user_accountant_olena"], .driverEvents: ["driver_tarasenko"],
                .clientRequests: ["cp_client_lviv_farma"],
            ]
            for collection in ScenarioCollection.allCases {
                for actor in ScenarioActor.all.map(\.id) {
                    let answer = try await web.post(
                        Self.rows(collection.rawValue), Self.body(["by.\(actor)"]), actor: actor)
                    if let writers = writers[collection] {
                        #expect(answer.status == (writers.contains(actor) ? 200 : 403), "\(collection) by \(actor)")
                        if answer.status == 403 {
                            #expect(answer.json?["capability"]?.stringValue == collection.writing?.rawValue)
                        }
                    } else {
                        #expect(answer.status == 409, "\(collection) is the store's own, whoever asks")
                    }
                }
            }
            #expect(try await web.post(Self.rows("audit_events"), Self.body(["event-9"])).status == 409)
        }
    }

    @Test func `a client reads their own requests and nothing else`() async throws {
        try await WebFixture.with { web in
            let client = "cp_client_lviv_farma"
            _ = try await web.post(Self.rows("client_requests"), Self.body(["other"]))
            _ = try await web.post(Self.rows("client_requests"), Self.body(["own"]), actor: client)
            let page = try await web.get(Self.rows("client_requests"), actor: client)
            #expect(page.json?["rows"]?.arrayValue?.compactMap { $0["id"] } == ["own"])
            let hidden = try await web.get(Self.rows("client_requests") + "/other", actor: client)
            let absent = try await web.get(Self.rows("client_requests") + "/nothing", actor: client)
            #expect(hidden.status == 404 && hidden.anonymous == absent.anonymous)
            let change = try await Self.put(
                web, Self.rows("client_requests") + "/other", [:], match: "*", actor: client)
            #expect(change.status == 404)
            let taken = try await web.post(Self.rows("client_requests"), Self.body(["other"]), actor: client)
            #expect(taken.status == 409)
            #expect(taken.json?["outcomes"] == [["id": "other", "outcome": "conflict", "version": .null]])
            #expect(try await web.get(Self.rows("orders"), actor: client).status == 403)
            let list = try await web.get(Self.base + "/collections", actor: client)
            #expect(
                list.json?["collections"]?.arrayValue?.map { [$0["name"], $0["rows"]] } == [["client_requests", 1]])
            #expect(try await web.get(Self.base + "/snapshot", actor: client).status == 403)
            #expect(try await web.get(Self.base + "/snapshot", actor: "user_md_anna").status == 403)
        }
    }

    @Test func `tenants are those one is entitled to, and each has its own rows`() async throws {
        try await WebFixture.with { web in
            try await web.addMember("iryna", role: "dispatcher", tenants: [1])
            let own = "/api/v1/tenants/1/scenario/collections/orders/rows"
            #expect(try await web.post(own, Self.body(["a"]), actor: "iryna").status == 200)
            let byName = try await web.get("/api/v1/tenants/tenant%201/scenario", actor: "iryna")
            #expect(byName.json?["counts"]?["orders"] == 1 && byName.json?["tenant"] == "tenant 1")
            #expect(byName.json?["tenantMode"] == "single-tenant-local")
            for hidden in ["2", "tenant%202", "bfg", "nowhere"] {
                let path = "/api/v1/tenants/\(hidden)/scenario"
                #expect(try await web.get(path, actor: "iryna").status == 404, "\(hidden)")
                #expect(
                    try await web.post(path + "/collections/orders/rows", Self.body(["a"]), actor: "iryna").status
                        == 404)
            }
            #expect(try await web.get("/api/v1/tenants/nowhere/scenario").status == 404, "nor for who sees all of them")
            #expect(try await web.post(Self.rows("orders"), Self.body(["a"], ["n": 7])).status == 200)
            let session = try await web.get(Self.base)
            #expect(session.json?["counts"]?["orders"] == 1 && session.json?["tenantMode"] == "multi-tenant-local")
        }
    }

    @Test func `what cannot be rows is refused, and says where`() async throws {
        try await WebFixture.with { web in
            let deep = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
            let big = String(repeating: "x", count: ScenarioPayload.longest)
            for (body, field) in [
                ("{}", "rows"), (#"{"rows": []}"#, "rows"), (#"{"rows": [1]}"#, "rows[0]"),
                (#"{"rows": [{"id": "a"}]}"#, "rows[0]"),
                (#"{"rows": [{"id": "a", "payload": {}, "version": 1}]}"#, "rows[0]"),
                (#"{"rows": [{"id": "a", "payload": []}]}"#, "rows[0]"),
                (#"{"rows": [{"id": "a", "payload": {}}, {"id": "../a", "payload": {}}]}"#, "rows[1]"),
                (#"{"rows": [{"id": "a\u0000", "payload": {}}]}"#, "rows[0]"),
                (#"{"rows": [{"id": "a", "payload": {"n": 9007199254740993}}]}"#, "rows[0]"),
                (#"{"rows": [{"id": "a", "payload": {"n": [1e17]}}]}"#, "rows[0]"),
                (#"{"rows": [{"id": "a", "payload": {"x": "\#(big)"}}]}"#, "rows[0]"),
                (#"{"rows": [], "tenant": "x"}"#, "tenant"),
            ] {
                let answer = try await web.send(.post, Self.rows("orders"), body: body)
                #expect(answer.status == 400 && answer.json?["field"]?.stringValue == field, "\(answer.text)")
            }
            for body in [#"{"rows": [{"id": "a", "payload": {"a": 1, "a": 2}}]}"#, #"{"rows": \#(deep)}"#, "\u{0}"] {
                #expect(try await web.send(.post, Self.rows("orders"), body: body).status == 400)
            }
            let many = Self.body((0...1000).map { "r\($0)" })
            #expect(try await web.post(Self.rows("orders"), many).status == 400)
            for query in ["limit=0", "limit=1001", "cursor=-1", "cursor=a", "limit=1&limit=2", "order=id"] {
                #expect(try await web.get(Self.rows("orders") + "?" + query).status == 400, "\(query)")
            }
            #expect(try await web.get(Self.rows("sqlite_schema")).status == 404)
            #expect(try await web.get(Self.base).json?["rows"] == 0)
        }
    }

    @Test func `a snapshot goes out and comes in, once, and not with another digest`() async throws {
        try await WebFixture.with { web in
            _ = try await web.post(Self.rows("orders"), Self.body(["a", "b"]))
            let export = try await web.get(Self.base + "/snapshot")
            #expect(export.status == 200)
            let envelope = try ScenarioEnvelope(parsing: Array(export.text.utf8))
            #expect(export.headers[.eTag] == "\"\(envelope.snapshot.summary.digest.hex)\"")
            let same = try await web.send(.post, Self.base + "/snapshot", body: export.text)
            #expect(same.status == 200 && same.headers[.init("Idempotency-Replayed") ?? .accept] == "true")
            let text = export.text.replacing("\"n\":1", with: "\"n\":2", maxReplacements: 1)
            let changed = try await web.send(.post, Self.base + "/snapshot", body: text)
            #expect(changed.status == 422 && changed.json?["type"] == "/runbook/scenario_snapshot")
            _ = try await web.post(Self.rows("orders"), Self.body(["c"]))
            let late = try await web.send(.post, Self.base + "/snapshot", body: export.text)
            #expect(late.status == 409)
            #expect(try await web.get(Self.base).json?["counts"]?["orders"] == 3)
            let other = try await web.send(.post, "/api/v1/tenants/1/scenario/snapshot", body: export.text)
            #expect(other.status == 409, "it is another tenant's")
        }
        try await WebFixture.with { empty in
            let text = String(decoding: try await Self.snapshot(), as: UTF8.self)
            let taken = try await empty.send(.post, Self.base + "/snapshot", body: text)
            #expect(taken.status == 200 && taken.json?["rows"] == 3, "\(taken.text)")
            #expect(try await empty.get(Self.base + "/snapshot").text == text)
            let log = try await empty.fixture.database.read { transaction in
                try transaction.query("SELECT resource FROM access_log WHERE action = 'cutover.run'").map {
                    try $0.text("resource")
                }
            }
            #expect(log.count == 1 && log[0].hasPrefix("scenario snapshot "))
        }
    }

    /// The file of another store with two orders.
    private static func snapshot() async throws -> [UInt8] {
        var text = ScenarioSnapshotText(of: .demo)
        var bytes = try text.opening(ScenarioClaim.bundled)
        for collection in ScenarioCollection.counted {
            bytes += text.collection(collection)
            let ids = collection == .orders ? ["a", "b"] : collection == .auditEvents ? ["event-1"] : []
            for (index, id) in ids.enumerated() {
                bytes += try text.row(
                    ScenarioRow(
                        id: id, version: 1, sequence: Int64(index) + 1, payload: ScenarioPayload(["n": 1]),
                        actor: ScenarioActor.marek.id, writtenAt: Timestamp(microseconds: 9)))
            }
        }
        bytes += try text.closing()
        return ScenarioEnvelope.opening() + bytes + ScenarioEnvelope.closing(text.summary.digest)
    }
}

import HTTPTypes
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import SlipwayWeb
import Testing

/// Journeys, boards and packets as clients reach them.
@Suite(.timeLimit(.minutes(15))) struct JourneyRouteTests {
    private static let release = JourneyDesk.base + "/packets/ProductionReleaseHandoff.v1"

    @Test(arguments: Backend.enabled)
    func `five people walk from the seeds' counters to a signed go`(on backend: Backend) async throws {
        try await JourneyDesk.with(backend) { desk in
            let start = try await desk.board()
            let counted = (start["counters"]?.arrayValue ?? []).map { counter in
                "\(counter["id"]?.stringValue ?? "") \(counter["done"]?.integerValue ?? -1)/\(counter["total"]?.integerValue ?? -1)"
            }
            #expect(
                counted == [
                    "preflight 1/5", "connection 0/4", "dry_run 0/5", "rehearsals 0/6", "runbook 1/6", "release 3/5",
                    "rollback 0/4", "cutover 0/5", "batches 1/4", "decisions 1/7", "infra 0/4", "wiring 0/7",
                    "acceptance 0/4", "gates 2/9",
                ])
            #expect(start["next"]?["action"] == "record_connection")
            let done = try await desk.walk()
            #expect(done.count == 23 && done.last == "sign_go", "\(done)")
            let end = try await desk.board()
            #expect(end["verdict"]?["isGo"] == true && end["verdict"]?["code"] == "PRODUCTION_GO")
            #expect(end["next"] == .null && end["blockers"] == [])
            let packets = try await desk.web.get(JourneyDesk.base + "/packets", actor: "user_md_anna")
            let sealed = packets.json?["packets"]?.arrayValue?.filter { $0["sealed"] != .null }.count
            #expect(sealed == JourneyPackets.kinds.count, "\(packets.text)")
        }
    }

    @Test func `each is told what is theirs to do, and drivers see and do nothing`() async throws {
        try await JourneyDesk.with { desk in
            let you = { (actor: String) in try await desk.board(actor)["you"] }
            #expect(try await you("ops")?["next"]?["action"] == "record_connection")
            #expect(try await you("user_md_anna")?["next"]?["owner"] == "user_md_anna")
            let marek = try await you("user_dispatcher_marek")
            #expect(marek?["next"]?["action"] == "accept_roles", "\(String(describing: marek))")
            for actor in [ScenarioActor.petro, ScenarioActor.lviv] {
                let seen = try await you(actor.id)
                #expect(seen?["next"] == .null && seen?["waitsFor"] == [], "\(actor.id)")
                for subject in DecisionSubject.allCases {
                    let body: JSONValue = ["verdict": "rejected", "reason": "no"]
                    let refused = try await desk.decide(subject, by: actor.id, body)
                    #expect(refused.status == 403 && refused.json?["type"] == "/runbook/not_yours", "\(subject)")
                }
            }
            let disguised = try await desk.web.post(
                desk.path(.hosting), ["verdict": "rejected", "reason": "no"], ["X-Slipway-Role": "driver"],
                actor: "user_md_anna")
            #expect(disguised.status == 403, "under whatever name they come")
        }
    }

    @Test func `the only journey needs no name, and one of several does`() async throws {
        try await WebFixture.with { web in
            let none = try await web.get("/api/v1/board")
            #expect(none.status == 404)
            #expect(try await web.get("/api/v1/journeys").json == ["journeys": []])
            try await web.seedJourney()
            #expect(try await web.get("/api/v1/board").json?["journey"] == "demo")
            _ = try await web.services.journeys.add(
                name: "next", from: .staging, to: .production, web.fixture.context())
            let several = try await web.get("/api/v1/board")
            #expect(several.status == 422 && several.json?["type"] == "/runbook/journey_unnamed")
            #expect(several.json?["journeys"] == ["demo", "next"])
            #expect(try await web.get("/api/v1/board?journey=next").json?["journey"] == "next")
            let list = try await web.get("/api/v1/journeys")
            #expect(list.json?["journeys"]?.arrayValue?.compactMap { $0["name"] } == ["demo", "next"])
            let shown = try await web.get(JourneyDesk.base)
            #expect(shown.json?["cutover"]?["name"] == "grant-demo-local" && !shown.text.contains("cutover.yaml"))
            #expect(shown.json?["people"]?["owners"]?["reh.schema"] == "user_accountant_olena")
            try await web.addMember("iryna", role: "owner", tenants: [1])
            let hidden = try await web.get("/api/v1/board", actor: "iryna")
            #expect(hidden.status == 404 && hidden.anonymous == none.anonymous)
            #expect(try await web.get("/api/v1/journeys", actor: "iryna").json == ["journeys": []])
        }
    }

    @Test func `a board has another ETag when it says something else, and not when time goes by`() async throws {
        try await JourneyDesk.with { desk in
            let path = JourneyDesk.base + "/board"
            let first = try await desk.web.get(path, actor: "user_md_anna")
            let tag = try #require(first.headers[.eTag])
            desk.web.fixture.clock.advance(seconds: 60)
            let later = try await desk.web.get(path, ["If-None-Match": tag], actor: "user_md_anna")
            #expect(later.status == 304 && later.text.isEmpty && later.headers[.eTag] == tag)
            #expect(try await desk.web.get(path, ["If-None-Match": tag], actor: "ops").status == 200, "it is Anna's")
            _ = try await desk.accept(.hosting, by: "user_md_anna")
            let changed = try await desk.web.get(path, ["If-None-Match": tag], actor: "user_md_anna")
            #expect(changed.status == 200 && changed.headers[.eTag] != tag)
        }
    }

    @Test func `a packet reads as text, byte for byte, and as what it was made of`() async throws {
        try await JourneyDesk.with { desk in
            let json = try await desk.web.get(Self.release, actor: "user_md_anna")
            #expect(json.json?["outcome"] == "fail" && json.json?["sealed"] == .null, "\(json.text)")
            #expect(json.json?["lines"]?.arrayValue?.count == 9)
            let text = try await desk.web.get(Self.release, ["Accept": "text/plain"], actor: "user_md_anna")
            #expect(text.headers[.contentType]?.hasPrefix("text/plain") == true)
            #expect(json.json?["text"] == .string(text.text))
            #expect(text.text.hasPrefix("ProductionReleaseHandoff.v1\nBFG_RELEASE_ENVIRONMENT=local-demo\n"))
            let image = try await desk.web.get(Self.release, ["Accept": "image/png"], actor: "user_md_anna")
            #expect(image.status == 406)
            let other = try await desk.web.get(JourneyDesk.base + "/packets/SlipwayBoard.v1", actor: "user_md_anna")
            #expect(other.status == 404, "a board is no packet that is drafted")
        }
    }
}

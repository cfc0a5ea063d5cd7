import HTTPTypes
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import SlipwayWeb
import Testing

/// What people decide by HTTP, and what they are told when they may not.
@Suite(.timeLimit(.minutes(15))) struct DecisionRouteTests {
    private static let (anna, marek, olena) = ("user_md_anna", "user_dispatcher_marek", "user_accountant_olena")

    @Test(arguments: Backend.enabled)
    func `what is accepted is what was seen, and answered with where it stands`(on backend: Backend) async throws {
        try await JourneyDesk.with(backend) { desk in
            let taken = try await desk.accept(.contractsRehearsal, by: Self.anna)
            #expect(taken.status == 201, "\(taken.text)")
            #expect(taken.json?["check"]?["state"] == "ready" && taken.json?["check"]?["id"] == "reh.contracts")
            #expect(taken.json?["next"]?["action"] == "record_connection")
            let list = try await desk.web.get(JourneyDesk.base + "/decisions?limit=1", actor: Self.anna)
            #expect(list.json?["decisions"]?.arrayValue?.compactMap { $0["subject"] } == ["dec.adapter"])
            let next = try #require(list.json?["next"]?.stringValue)
            let rest = try await desk.web.get(JourneyDesk.base + "/decisions?cursor=\(next)", actor: Self.anna)
            let last = rest.json?["decisions"]?.arrayValue?.last
            #expect(last?["subject"] == "reh.contracts" && last?["by"] == "user_md_anna" && last?["role"] == "md")
            #expect(last?["means"] == "mock-header" && rest.json?["next"] == .null)
        }
    }

    @Test(arguments: Backend.enabled)
    func `an acceptance of what has changed since is refused, and so is one of nothing`(
        on backend: Backend
    ) async throws {
        try await JourneyDesk.with(backend) { desk in
            try await desk.connect()
            try await desk.dryRun("first")
            let seen = try #require(try await desk.shown(.storeRehearsal, to: Self.marek)["digest"])
            try await desk.dryRun("second")
            let stale = try await desk.decide(.storeRehearsal, by: Self.marek, desk.body(.storeRehearsal, seen: seen))
            #expect(stale.status == 409 && stale.json?["type"] == "/runbook/changed_meanwhile", "\(stale.text)")
            let blind = try await desk.decide(.storeRehearsal, by: Self.marek, ["verdict": "accepted"])
            #expect(blind.status == 428 && blind.json?["field"] == "seen")
            #expect(try await desk.web.fixture.count("decisions") == 1, "the adapter's alone")
            #expect(try await desk.accept(.storeRehearsal, by: Self.marek).status == 201)
            try await desk.dryRun("third")
            let lapsed = try await desk.shown(.storeRehearsal, to: Self.marek)
            #expect(lapsed["check"]?["state"] == "stale" && lapsed["mayAccept"] == true)
        }
    }

    @Test func `what is somebody else's is refused by their name, and shown so before`() async throws {
        try await JourneyDesk.with { desk in
            let shown = try await desk.shown(.contractsRehearsal, to: Self.marek)
            #expect(shown["mayAccept"] == false && shown["refusal"]?["kind"] == "not_yours")
            #expect(shown["refusal"]?["owner"] == "user_md_anna")
            let refused = try await desk.accept(.contractsRehearsal, by: Self.marek)
            #expect(refused.status == 403 && refused.json?["type"] == "/runbook/not_yours")
            #expect(refused.json?["owner"] == "user_md_anna")
            // Whose it is is said before anything they sent is read.
            let unread = try await desk.web.send(
                .post, desk.path(.contractsRehearsal), actor: Self.marek, body: "{")
            #expect(unread.status == 403, "\(unread.text)")
            let named = try await desk.decide(
                .contractsRehearsal, by: Self.marek, ["verdict": "rejected", "reason": "x", "by": "user_md_anna"])
            #expect(named.status == 403, "nobody names another")
            let own = try await desk.decide(
                .rolesRehearsal, by: Self.marek, ["verdict": "rejected", "reason": "x", "by": "user_md_anna"])
            #expect(own.status == 400 && own.json?["field"] == "by")
            let log = try await desk.web.fixture.database.read { transaction in
                try transaction.query("SELECT reason FROM access_log WHERE reason = 'not_yours'").count
            }
            #expect(log >= 2, "refusals are kept")
        }
    }

    @Test func `who made the evidence does not accept it, and one role does not sign twice`() async throws {
        try await JourneyDesk.with { desk in
            try await desk.connect()
            try await desk.dryRun(by: Self.marek)
            let prepared = try await desk.accept(.storeRehearsal, by: Self.marek)
            #expect(prepared.status == 403 && prepared.json?["type"] == "/runbook/prepared_it", "\(prepared.text)")
            for subject in DecisionSubject.infrastructure {
                #expect(try await desk.accept(subject, by: Self.anna).status == 201)
            }
            try await desk.web.addMember("second", role: "operator", tenants: nil)
            let first = try await desk.accept(.credentials, by: "ops")
            #expect(first.status == 201 && first.json?["check"]?["state"] == "in_progress", "\(first.text)")
            let same = try await desk.accept(.credentials, by: "second")
            #expect(same.status == 403 && same.json?["type"] == "/runbook/second_signature", "\(same.text)")
            let other = try await desk.accept(.credentials, by: Self.marek)
            #expect(other.status == 201 && other.json?["check"]?["state"] == "ready", "\(other.text)")
        }
    }

    @Test func `what comes first is named, all of it`() async throws {
        try await JourneyDesk.with { desk in
            let early = try await desk.accept(.go, by: Self.anna)
            #expect(early.status == 422 && early.json?["type"] == "/runbook/waits_for", "\(early.text)")
            #expect(early.json?["waitsFor"] == ["go.ready"])
            let shown = try await desk.shown(.go, to: Self.anna)
            #expect(shown["refusal"]?["waitsFor"] == early.json?["waitsFor"])
            let missing = shown["refusal"]?["missing"]?.arrayValue ?? []
            #expect(
                missing.contains("conn.tls") && !missing.contains("dec.adapter"), "\(missing)")
            #expect(shown["signatures"] == 2 && shown["canBeWaived"] == false)
        }
    }

    @Test func `what is no decision is refused by the field it lacks or has too much`() async throws {
        try await JourneyDesk.with { desk in
            let seen = try #require(try await desk.shown(.hosting, to: Self.anna)["digest"])
            let long = JSONValue.string(String(repeating: "a", count: 501))
            let bodies: [(JSONValue, Int, String?)] = [
                ([:], 400, "verdict"), (["verdict": "maybe"], 400, "verdict"),
                (["verdict": "accepted", "seen": "abc"], 400, "seen"),
                (["verdict": "rejected"], 422, "reason"), (["verdict": "rejected", "reason": ""], 422, "reason"),
                (["verdict": "rejected", "reason": long], 400, "reason"),
                (["verdict": "accepted", "seen": seen, "reason": "because"], 422, "reason"),
                (["verdict": "rejected", "reason": "x", "fields": ["provider": "a"]], 422, "fields"),
                (["verdict": "rejected", "reason": "x", "until": "2030-02-01T00:00:00.000000Z"], 422, "until"),
                (["verdict": "waived", "reason": "x"], 422, "until"),
                (["verdict": "waived", "reason": "x", "until": "tomorrow"], 422, "until"),
                (["verdict": "waived", "reason": "x", "until": "2029-01-01T00:00:00.000000Z"], 422, "until"),
                (["verdict": "withdrawn", "reason": "x"], 422, nil),
                (["verdict": "accepted", "seen": seen], 422, nil),
                (["verdict": "accepted", "seen": seen, "fields": ["provider": "a", "account": long]], 422, nil),
                (
                    ["verdict": "accepted", "seen": seen, "fields": ["provider": "a", "account": "b", "c": "d"]], 422,
                    nil
                ),
            ]
            for (body, status, field) in bodies {
                let answer = try await desk.decide(.hosting, by: Self.anna, body)
                #expect(answer.status == status, "\(body): \(answer.text)")
                #expect(answer.json?["field"]?.stringValue == field, "\(body): \(answer.text)")
            }
            let lacking = try await desk.decide(.hosting, by: Self.anna, ["verdict": "accepted", "seen": seen])
            #expect(lacking.json?["fields"] == ["provider", "account"])
            let waived = try await desk.decide(
                .rollbackOwner, by: Self.anna,
                ["verdict": "waived", "reason": "x", "until": "2030-02-01T00:00:00.000000Z"])
            #expect(waived.status == 422 && waived.json?["type"] == "/runbook/decision_invalid")
            #expect(try await desk.web.get(JourneyDesk.base + "/decisions/reh.nothing").status == 404)
            #expect(try await desk.web.fixture.count("decisions") == 1)
        }
    }

    @Test func `a waiver is borne with until it ends, and a word is taken back by who gave it`() async throws {
        try await JourneyDesk.with { desk in
            let waiver: JSONValue = [
                "verdict": "waived", "reason": "later", "until": "2030-01-02T00:00:00.000000Z",
            ]
            let waived = try await desk.decide(.auth, by: Self.anna, waiver)
            #expect(waived.status == 201 && waived.json?["check"]?["state"] == "waived", "\(waived.text)")
            let back = try await desk.decide(.auth, by: Self.anna, ["verdict": "withdrawn", "reason": "no"])
            #expect(back.status == 201 && back.json?["check"]?["state"] == "stale", "\(back.text)")
            #expect(try await desk.shown(.auth, to: Self.anna)["standing"] == [])
        }
    }

    @Test func `a token that does less than its member signs nothing, nor does a program`() async throws {
        try await JourneyDesk.with { desk in
            try await desk.web.addMember("robot", role: "operator", tenants: nil, kind: .service)
            for (name, capabilities, kind) in [
                ("ops", [Capability.checkProvider], "forbidden"), ("robot", nil, "not_yours"),
            ] as [(String, Set<Capability>?, String)] {
                let text = try await Tokens(desk.web.fixture.changes).create(
                    Tokens.Draft(
                        member: Identity(issuer: Identity.mockIssuer, subject: name), name: "t",
                        capabilities: capabilities, tenants: nil, days: 1),
                    random: [UInt8](repeating: 7, count: 32), desk.web.fixture.context()
                ).text
                let bearer = ["Authorization": "Bearer \(text)"]
                let shown = try await desk.web.get(desk.path(.auditBatch), bearer, actor: nil)
                #expect(shown.json?["refusal"]?["kind"]?.stringValue == kind, "\(shown.text)")
                let body: JSONValue = ["verdict": "rejected", "reason": "no"]
                let refused = try await desk.web.post(desk.path(.auditBatch), body, bearer, actor: nil)
                #expect(refused.status == 403 && refused.json?["type"]?.stringValue == "/runbook/\(kind)")
            }
            #expect(try await desk.web.fixture.count("decisions") == 1, "the adapter's alone")
        }
    }
}

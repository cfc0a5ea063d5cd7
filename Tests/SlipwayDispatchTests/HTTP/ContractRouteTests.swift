import HTTPTypes
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayTesting
import SlipwayWeb
import Testing

/// The eight routes of the dispatch contract, in both forms.
@Suite(.timeLimit(.minutes(15))) struct ContractRouteTests {
    @Test(arguments: Backend.enabled)
    func `every start answers the contract's outcome, and a page`(on backend: Backend) async throws {
        let starts: [(path: String, body: JSONValue?)] = [
            ("/admin/t/1/provider-actions/connection.check/start", ["sourceSurface": "tenant.page"]),
            ("/admin/provider-connections/7/actions/connection.check/start", nil),
            ("/admin/t/1/restore-runs/5/execute", nil),
            ("/admin/t/1/directory/groups/sync", ["selectionKey": "some", "providerConnectionId": 7]),
            ("/admin/t/1/directory/role-definitions/sync", nil),
            ("/admin/onboarding/3/provider-actions/connection.check/start", ["step": "verify"]),
        ]
        try await WebFixture.with(backend) { web in
            try await web.seedContract()
            for (path, body) in starts {
                let structured = try await web.post(path, body, ["Accept": ContractMedia.outcome])
                #expect(structured.status == 200, "\(path): \(structured.text)")
                #expect(structured.headers[.contentType] == ContractMedia.outcome)
                for member in ["status", "operationType", "operatorMessage"] {
                    #expect(structured.json?[member]?.stringValue != nil, "\(path): \(structured.text)")
                }
                #expect(structured.json?["providerConnection"]?["id"] == 7, "\(path): \(structured.text)")
                let page = try await web.post(path, body, ["Accept": "text/html"])
                #expect(page.status == 200)
                #expect(page.text.contains("<h1>"))
                #expect(page.text.contains("mock-auth-header"), "every page shows the mode")
            }
        }
    }

    @Test func `a form nobody has is not acceptable, and an unknown field is named`() async throws {
        try await WebFixture.with { web in
            try await web.seedContract()
            let path = "/admin/t/1/directory/groups/sync"
            #expect(try await web.post(path, nil, ["Accept": "image/png"]).status == 406)
            #expect(try await web.post(path, ["colour": "red"]).json?["field"] == "colour")
            #expect(try await web.post("/admin/t/1/provider-actions/no.such/start").status == 404)
            #expect(try await web.post("/admin/t/99/directory/groups/sync").status == 404)
            #expect(try await web.post("/admin/t/2/restore-runs/5/execute").status == 404, "another tenant's restore")
            #expect(try await web.post("/admin/onboarding/4/provider-actions/connection.check/start").status == 404)
        }
    }

    @Test(arguments: Backend.enabled)
    func `a bootstrap starts one, and the next when that has succeeded`(on backend: Backend) async throws {
        try await WebFixture.with(backend) { web in
            try await web.seedContract()
            let body: JSONValue = [
                "providerConnectionId": 7, "selectedOperations": ["connection.check", "inventory.sync"],
            ]
            let path = "/admin/onboarding/3/provider-bootstrap/start"
            let started = try await web.post(path, body, ["Accept": ContractMedia.bootstrap])
            #expect(started.status == 200, "\(started.text)")
            #expect(started.json?["acceptedOperation"] == "connection.check")
            #expect(started.json?["pendingOperations"] == ["inventory.sync"])
            #expect(try await web.post(path, body).status == 409, "one at a time")
            let services = try WebFixture.services(web.fixture, web.fixture.gate(random: 5))
            try await services.bootstrap.advanceAll()
            #expect(try await types(web) == ["connection.check"])
            let run = try #require((started.json?["run"]?["id"]?.integerValue).flatMap(ID<OperationRun>.init))
            try await web.fixture.drive(run, ScriptedAdapter())
            try await services.bootstrap.advanceAll()
            #expect(try await types(web) == ["inventory.sync", "connection.check"])
        }
    }

    @Test func `a bootstrap that stops starts nothing more`() async throws {
        try await WebFixture.with { web in
            try await web.seedContract()
            let body: JSONValue = [
                "providerConnectionId": 7, "selectedOperations": ["connection.check", "inventory.sync"],
            ]
            let started = try await web.post("/admin/onboarding/3/provider-bootstrap/start", body)
            let run = try #require((started.json?["run"]?["id"]?.integerValue).flatMap(ID<OperationRun>.init))
            let adapter = ScriptedAdapter(items: ["a"], script: ["a": [.fails(.terminal(.permissionMissing))]])
            try await web.fixture.drive(run, adapter)
            try await WebFixture.services(web.fixture, web.fixture.gate(random: 5)).bootstrap.advanceAll()
            #expect(try await types(web) == ["connection.check"])
        }
    }

    @Test func `the run's page has one address for all, in both forms, with hostile texts escaped`() async throws {
        try await WebFixture.with { web in
            let hostile = "\"\u{301} onfocus=x <script>"
            let request = try web.fixture.request(key: hostile, items: [hostile])
            let run = try #require(try await web.fixture.gate().start(request).run)
            try await web.fixture.drive(run, ScriptedAdapter())
            let structured = try await web.get("/admin/operations/\(run)", ["Accept": ContractMedia.detail])
            #expect(structured.headers[.contentType] == ContractMedia.detail)
            #expect(structured.json?["executionStatus"] == "completed")
            #expect(structured.json?["outcome"] == "succeeded")
            let page = try await web.get("/admin/operations/\(run)", ["Accept": "text/html"])
            #expect(page.text.contains("&quot;\u{301} onfocus=x &lt;script&gt;"))
            #expect(!page.text.contains("<script"))
        }
    }

    private func types(_ web: WebFixture) async throws -> [String] {
        let runs = try await web.get("/api/v1/runs").json?["runs"]?.arrayValue ?? []
        return runs.compactMap { $0["operationType"]?.stringValue }
    }
}

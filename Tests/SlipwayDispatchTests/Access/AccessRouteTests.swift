import HTTPTypes
import SlipwayDomain
import SlipwaySQL
import SlipwayTesting
import SlipwayWeb
import Testing

/// Every route, asked by those who may and those who may not.
@Suite(.timeLimit(.minutes(15))) struct AccessRouteTests {
    /// Routes that answer without an actor. A route leaves this list or stays; none is added but for a reason that
    /// stands here. `signInClient`: a program that is to sign somebody in asks it before there is anybody; what it says
    /// stands in every address that a browser is sent to the provider with.
    private static let exempt: Set = [
        "runbookPage", "health", "openapi", "signIn", "signInCallback", "signInClient",
    ]

    @Test func `each route and what it takes is as it was reviewed`() async throws {
        try await WebFixture.with { web in
            let open = web.endpoints.filter { $0.access == .anyone }.map(\.name)
            #expect(Set(open).isSubset(of: Self.exempt))
            let lines = web.endpoints.map { "\($0.method.rawValue) \($0.path): \($0.access.words)" }.sorted()
            expectSnapshot(lines.joined(separator: "\n"), named: "routes")
        }
    }

    @Test(arguments: Backend.enabled)
    func `what one is not entitled to is answered as what is not there`(on backend: Backend) async throws {
        try await WebFixture.with(backend) { web in
            let paths = try await RoutePaths(web)
            try await web.addMember("marta", role: "owner", tenants: [2])
            for endpoint in web.endpoints where endpoint.path.contains("{") && endpoint.access != .anyone {
                let (there, nowhere) = (paths.path(of: endpoint), paths.pathToNothing(of: endpoint))
                let body = endpoint.method != .get ? paths.body(of: endpoint) : nil
                let hidden = try await web.ask(endpoint, there, "marta", body)
                let missing = try await web.ask(
                    endpoint, nowhere, "marta", paths.bodyAboutNothing(of: endpoint) ?? body)
                #expect(hidden.status == 404, "\(endpoint.name): \(hidden.text)")
                #expect(hidden.anonymous == missing.anonymous, "\(endpoint.name)")
                #expect(hidden.headers.anonymous == missing.headers.anonymous, "\(endpoint.name)")
            }
        }
    }

    @Test(arguments: Backend.enabled)
    func `who sees it and may not do it is told which capability it takes`(on backend: Backend) async throws {
        try await WebFixture.with(backend) { web in
            let paths = try await RoutePaths(web)
            try await web.addMember("vira", role: "viewer", tenants: [1])
            try await web.addMember("vasyl", role: "viewer", tenants: nil)
            // There are no sessions to end in mock mode.
            for endpoint in web.endpoints where endpoint.access != .anyone && endpoint.name != "signOut" {
                let body = endpoint.method != .get ? paths.body(of: endpoint) : nil
                let answer = try await web.ask(endpoint, paths.path(of: endpoint), paths.viewer(of: endpoint), body)
                if [.member, .workspace].contains(endpoint.access) {
                    #expect(answer.status == 200, "\(endpoint.name): \(answer.text)")
                } else if endpoint.access == .decision {
                    #expect(answer.status == 403, "\(endpoint.name): \(answer.text)")
                    #expect(answer.json?["owner"] == "user_md_anna")
                } else {
                    #expect(answer.status == 403, "\(endpoint.name): \(answer.text)")
                    #expect(answer.json?["capability"] == .string(paths.capability(of: endpoint).rawValue))
                }
            }
            #expect(try await web.fixture.count("operation_runs") == 1, "the one that was there")
        }
    }

    @Test func `what was sent is read only once it is known that the actor may do it`() async throws {
        try await WebFixture.with { web in
            let paths = try await RoutePaths(web)
            try await web.addMember("vira", role: "viewer", tenants: [1])
            try await web.addMember("marta", role: "owner", tenants: [2])
            for endpoint in web.endpoints where endpoint.method == .post && endpoint.path.hasPrefix("/admin/") {
                for body in ["{", "[]", #"{"no_such_field": 1}"#] {
                    let path = paths.path(of: endpoint)
                    #expect(
                        try await web.send(.post, path, actor: "marta", body: body).status == 404, "\(endpoint.name)")
                    let seen = try await web.send(.post, path, actor: "vira", body: body)
                    // The bootstrap's operations are in its body: one that cannot be read names none that is missing.
                    let isBootstrap = endpoint.name == "onboardingBootstrapStart"
                    #expect(seen.status == (isBootstrap ? 400 : 403), "\(endpoint.name): \(seen.text)")
                    let allowed = try await web.send(.post, path, body: body)
                    #expect(allowed.status == 400, "\(endpoint.name): \(allowed.text)")
                }
            }
        }
    }

    @Test(arguments: Backend.enabled)
    func `a replay is answered to who may still start it`(on backend: Backend) async throws {
        try await WebFixture.with(backend) { web in
            let path = "/api/v1/operations/test.sync/starts"
            let body: JSONValue = ["tenant": "tenant 1", "target": ["key": "one"]]
            func start() async throws -> WebFixture.Answer {
                try await web.post(path, body, ["Idempotency-Key": "a"], actor: "iryna")
            }
            try await web.addMember("iryna", role: "operator", tenants: [1])
            #expect(try await start().status == 202)
            #expect(try await start().headers[.init("Idempotency-Replayed") ?? .accept] == "true")
            try await web.addMember("iryna", role: "viewer", tenants: [1])
            #expect(try await start().status == 403)
            try await web.addMember("iryna", role: "operator", tenants: [2])
            #expect(try await start().status == 404)
            try await web.addMember("iryna", role: "operator", tenants: [1])
            #expect(try await start().headers[.init("Idempotency-Replayed") ?? .accept] == "true")
        }
    }

    @Test func `a list shows what one is entitled to`() async throws {
        try await WebFixture.with { web in
            try await web.addMember("iryna", role: "operator", tenants: [1])
            for tenant in ["tenant 1", "tenant 2"] {
                let started = try await web.post(
                    "/api/v1/operations/test.sync/starts", ["tenant": .string(tenant), "target": ["key": "one"]])
                #expect(started.status == 202)
            }
            let all = try await web.get("/api/v1/runs")
            let own = try await web.get("/api/v1/runs", actor: "iryna")
            #expect(all.json?["runs"]?.arrayValue?.count == 2)
            #expect(own.json?["runs"]?.arrayValue?.compactMap { $0["tenant"] } == [1])
            #expect(try await web.get("/api/v1/runs?tenant=2", actor: "iryna").json?["runs"] == [])
        }
    }

    @Test func `one who is no member sees nothing, and one without a role is not known`() async throws {
        try await WebFixture.with { web in
            try await web.addMember("nobody", role: "owner", tenants: [])
            for endpoint in web.endpoints where endpoint.access != .anyone {
                let path = endpoint.path.replacing("{", with: "").replacing("}", with: "")
                let answer = try await web.ask(endpoint, path, "nobody", nil)
                #expect(answer.status == 404, "\(endpoint.name)")
                #expect(try await web.ask(endpoint, path, "stranger", nil).status == 401, "\(endpoint.name)")
                #expect(try await web.ask(endpoint, path, nil, nil).status == 401, "\(endpoint.name)")
            }
            let wrong = try await web.get("/api/v1/runs", ["X-Slipway-Role": "king"])
            #expect(wrong.status == 400)
            #expect(wrong.json?["field"] == "X-Slipway-Role")
            let anna = try await web.get("/api/v1/runs", actor: "user_md_anna")
            #expect(anna.status == 200, "the people of the scenario need no header for their role")
        }
    }

    @Test func `a listener who may no longer see the run is let go`() async throws {
        try await WebFixture.with { web in
            let started = try await web.post(
                "/api/v1/operations/test.free/starts", ["tenant": "tenant 1", "target": ["key": "one"]])
            let run = try #require(started.json?["run"]?.integerValue)
            try await web.addMember("iryna", role: "operator", tenants: [1])
            async let stream = web.get("/api/v1/runs/\(run)/events", actor: "iryna")
            try await web.addMember("iryna", role: "operator", tenants: [2])
            let answer = try await stream
            #expect(!answer.text.contains("event: end"))
        }
    }
}

import HTTPTypes
import SlipwayCatalogue
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import SlipwayWeb
import Testing

/// Each of the seven surfaces answers each of the four decisions, in both forms.
@Suite(.timeLimit(.minutes(15))) struct StartSurfaceTests {
    enum Surface: String, CaseIterable, Codable, Sendable {
        case providerAction, connectionAction, restore, groups, roleDefinitions, onboardingAction, bootstrap

        var path: String {
            switch self {
            case .providerAction: "/admin/t/1/provider-actions/inventory.sync/start"
            case .connectionAction: "/admin/provider-connections/{connection}/actions/inventory.sync/start"
            case .restore: "/admin/t/1/restore-runs/{restore}/execute"
            case .groups: "/admin/t/1/directory/groups/sync"
            case .roleDefinitions: "/admin/t/1/directory/role-definitions/sync"
            case .onboardingAction: "/admin/onboarding/3/provider-actions/inventory.sync/start"
            case .bootstrap: "/admin/onboarding/3/provider-bootstrap/start"
            }
        }

        var operation: String {
            switch self {
            case .restore: "restore.execute"
            case .groups: "directory.groups.sync"
            case .roleDefinitions: "directory.role_definitions.sync"
            case .providerAction, .connectionAction, .onboardingAction, .bootstrap: "inventory.sync"
            }
        }

        var verb: String {
            switch self {
            case .restore: "Restore"
            case .groups: "Sync groups"
            case .roleDefinitions: "Sync role definitions"
            case .providerAction, .connectionAction, .onboardingAction, .bootstrap: "Sync inventory"
            }
        }

        func body(_ connection: Int64) -> JSONValue? {
            switch self {
            case .providerAction: ["sourceSurface": "tenant.page", "targetContext": ["from": "here"]]
            case .groups: ["selectionKey": "some", "providerConnectionId": .integer(connection)]
            case .onboardingAction: ["providerConnectionId": .integer(connection), "step": "verify"]
            case .bootstrap:
                [
                    "providerConnectionId": .integer(connection),
                    "selectedOperations": ["inventory.sync", "compliance.snapshot"],
                ]
            case .connectionAction, .restore, .roleDefinitions: nil
            }
        }

        var media: String { self == .bootstrap ? ContractMedia.bootstrap : ContractMedia.outcome }
    }

    enum Decision: String, CaseIterable, Codable, Sendable {
        case accepted, deduped
        case scopeBusy = "scope_busy"
        case blocked
    }

    @Test(arguments: Backend.enabled, Surface.allCases)
    func `each surface answers each decision, in both forms`(on backend: Backend, surface: Surface) async throws {
        for decision in Decision.allCases {
            let json = try await StartSurface.with(backend, surface, decision) { on in
                try await on.start(accept: surface.media)
            }
            #expect(json.status == 200, "\(decision): \(json.answer.text)")
            #expect(json.answer.headers[.contentType] == surface.media)
            json.expectOutcome(surface, decision)
            let page = try await StartSurface.with(backend, surface, decision) { on in
                try await on.start(accept: "text/html")
            }
            #expect(page.status == 200, "\(decision): \(page.answer.text)")
            #expect(page.answer.headers[.contentType] == "text/html; charset=utf-8")
            page.expectPage(surface, decision)
        }
    }
}

/// One surface in the state that makes its next start be decided in a certain way.
struct StartSurface {
    let web: WebFixture
    let surface: StartSurfaceTests.Surface
    let connection: ConnectionRecord
    let restore: String

    /// What a start was answered, and the run that was there before it.
    struct Started: Sendable {
        let answer: WebFixture.Answer
        let connection: Int64
        /// What holds what the start needs, or is the same; nil where there is none.
        let earlier: Int64?
        /// How many runs there are after it.
        let runs: Int64

        var status: Int { answer.status }
    }

    static func with(
        _ backend: Backend, _ surface: StartSurfaceTests.Surface, _ decision: StartSurfaceTests.Decision,
        _ body: @escaping @Sendable (StartSurface) async throws -> WebFixture.Answer
    ) async throws -> Started {
        let (results, result) = AsyncStream<Started>.makeStream()
        try await WebFixture.with(backend) { web in
            let on = try await StartSurface(web, surface)
            let earlier = try await on.prepare(decision)
            let answer = try await body(on)
            result.yield(
                Started(
                    answer: answer, connection: on.connection.id.number, earlier: earlier,
                    runs: try await web.fixture.count("operation_runs")))
        }
        var iterator = results.makeAsyncIterator()
        return try #require(await iterator.next())
    }

    /// A connection that was checked and found to have all it asks for.
    private init(_ web: WebFixture, _ surface: StartSurfaceTests.Surface) async throws {
        self.web = web
        self.surface = surface
        let connections = ConnectionFixture(fixture: web.fixture, ring: .generate())
        connection = try await connections.add(secret: "secret")
        let id = connection.id
        let scopes = ProviderCatalogue.bundled["microsoft"]?.scopes
        let findings = ConnectionFindings(health: .healthy, consent: .granted, scopesGranted: scopes)
        let now = web.fixture.clock.now()
        try await web.fixture.database.write { transaction in
            try ConnectionStore.found(findings, of: id, at: now, transaction)
            try transaction.execute("INSERT INTO onboarding_sessions VALUES (3, 1, 1, 0)")
        }
        restore = try await Restores(web.fixture.changes).add(
            tenant: "tenant 1", snapshot: "before", removesAdded: false, web.fixture.context()
        ).id.description
    }

    /// Returns the run that the next start meets.
    private func prepare(_ decision: StartSurfaceTests.Decision) async throws -> Int64? {
        switch decision {
        case .accepted: return nil
        case .blocked:
            let connections = Connections(web.fixture.changes, .bundled)
            try await connections.setDisabled(true, connection.id, web.fixture.context())
            return nil
        case .scopeBusy:
            return try await run(
                web.post(
                    "/admin/t/1/provider-actions/compliance.snapshot/start", nil, ["Accept": ContractMedia.outcome]))
        // Onboarding waits for its own bootstrap: the same work was started elsewhere.
        case .deduped where surface == .bootstrap:
            return try await run(
                web.post("/admin/t/1/provider-actions/inventory.sync/start", nil, ["Accept": ContractMedia.outcome]))
        case .deduped: return try await run(start(accept: surface.media))
        }
    }

    private func run(_ answer: WebFixture.Answer) throws -> Int64 {
        #expect(answer.json?["status"] == "accepted", "\(answer.text)")
        return try #require(answer.json?["run"]?["id"]?.integerValue)
    }

    func start(accept: String) async throws -> WebFixture.Answer {
        let path = surface.path.replacing("{connection}", with: connection.id.description)
            .replacing("{restore}", with: restore)
        return try await web.post(path, surface.body(connection.id.number), ["Accept": accept])
    }
}

extension StartSurface.Started {
    /// Each field that the contract has, with what belongs there.
    func expectOutcome(_ surface: StartSurfaceTests.Surface, _ decision: StartSurfaceTests.Decision) {
        let (json, about) = (answer.json, "\(decision): \(answer.text)" as Comment)
        #expect(json?["status"]?.stringValue == decision.rawValue, about)
        #expect(json?["operationType"]?.stringValue == surface.operation, about)
        #expect(json?["operatorVerb"]?.stringValue == surface.verb, about)
        #expect(json?["operatorMessage"]?.stringValue?.hasPrefix(surface.verb) == true, about)
        #expect(json?["operatorTarget"] == "Microsoft Entra ID, tenant 1", about)
        #expect(
            json?["providerConnection"] == [
                "id": .integer(connection), "provider": "microsoft", "label": "Microsoft Entra ID, tenant 1",
            ], about)
        let steps = json?["nextSteps"]?.arrayValue ?? []
        let disabled = ReasonCode.connectionDisabled
        switch decision {
        case .accepted, .deduped:
            #expect(steps == [], about)
            #expect(json?["shortReason"] == .null, about)
        case .scopeBusy:
            #expect(steps.map { $0["href"]?.stringValue } == [earlier.map { "/admin/operations/\($0)" }], about)
            #expect(json?["shortReason"] == .null, about)
        case .blocked:
            #expect(steps.map { $0["description"]?.stringValue } == [disabled.rawValue], about)
            #expect(steps.map { $0["href"]?.stringValue } == [disabled.runbookPath], about)
            #expect(json?["shortReason"]?.stringValue == disabled.sentence, about)
        }
        for step in steps { #expect(step["actionType"] == "link" && step["label"]?.stringValue != nil, about) }
        expectRun(decision, about)
        guard surface == .bootstrap else { return }
        let isIn = decision == .accepted || decision == .deduped
        #expect(json?["acceptedOperation"] == (isIn ? "inventory.sync" : .null), about)
        #expect(json?["pendingOperations"] == (isIn ? ["compliance.snapshot"] : []), about)
    }

    /// A new run is made where it is accepted or blocked; else the run there was is pointed to.
    private func expectRun(_ decision: StartSurfaceTests.Decision, _ about: Comment) {
        let run = answer.json?["run"]
        let id = run?["id"]?.integerValue
        #expect(runs == 1, about)
        #expect(id != nil, about)
        #expect(run?["url"]?.stringValue == id.map { "/admin/operations/\($0)" }, about)
        #expect(run?["status"]?.stringValue == (decision == .blocked ? "completed" : "queued"), about)
        if let earlier { #expect(id == earlier, about) }
        let actions = answer.json?["actions"]?.arrayValue ?? []
        #expect(actions.map { $0["href"]?.stringValue } == [id.map { "/admin/operations/\($0)" }], about)
    }

    func expectPage(_ surface: StartSurfaceTests.Surface, _ decision: StartSurfaceTests.Decision) {
        let (page, about) = (answer.text, "\(decision): \(answer.text)" as Comment)
        #expect(page.contains("data-status=\"\(decision.rawValue)\""), about)
        #expect(page.contains("<h1>\(surface.verb)</h1>"), about)
        #expect(page.contains("href=\"/admin/operations/"), about)
        #expect(runs == 1, about)
        if let earlier { #expect(page.contains("href=\"/admin/operations/\(earlier)\""), about) }
        if decision == .blocked {
            #expect(page.contains("href=\"\(ReasonCode.connectionDisabled.runbookPath)\""), about)
        }
        let isWaiting = surface == .bootstrap && (decision == .accepted || decision == .deduped)
        #expect(page.contains("compliance.snapshot</li>") == isWaiting, about)
    }
}

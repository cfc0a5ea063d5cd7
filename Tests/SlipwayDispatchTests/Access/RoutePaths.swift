import Foundation
import HTTPTypes
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import SlipwayWeb
import Testing

/// One of everything of tenant 1 that a path can name, and the paths to them. The run is over, so that its events end.
struct RoutePaths {
    let run: Int64
    let connection: Int64

    /// Of what is there already.
    init(run: Int64, connection: Int64) {
        self.run = run
        self.connection = connection
    }

    init(_ web: WebFixture) async throws {
        try await web.seedContract()
        let started = try await web.post(
            "/api/v1/operations/test.free/starts", ["tenant": "tenant 1", "target": ["key": "one"]])
        run = try #require(started.json?["run"]?.integerValue)
        connection = 7
        _ = try await web.post("/api/v1/runs/\(run)/cancel")
        try await web.seedJourney()
    }

    func path(of endpoint: Endpoint) -> String {
        filled(
            endpoint, tenant: "1", connection: "\(connection)", session: "3", restore: "5", run: "\(run)",
            journey: "demo", sequence: "1")
    }

    func pathToNothing(of endpoint: Endpoint) -> String {
        filled(
            endpoint, tenant: "9999", connection: "9999", session: "9999", restore: "9999", run: "9999",
            journey: "nothing", sequence: "9999")
    }

    func body(of endpoint: Endpoint) -> String? {
        switch endpoint.name {
        case "operationStart", "operationPreflight": #"{"tenant": "tenant 1", "providerConnectionId": \#(connection)}"#
        case "onboardingBootstrapStart":
            #"{"providerConnectionId": \#(connection), "selectedOperations": ["connection.check"]}"#
        case "decisionTake": #"{"verdict": "rejected", "reason": "not yet"}"#
        case "scenarioRowAppend": #"{"rows": [{"id": "order.1", "payload": {}}]}"#
        case "scenarioRowUpdate": #"{"payload": {}}"#
        case "scenarioSnapshotImport": #"{"snapshot": {}, "snapshot_digest": "sha256:00"}"#
        case "providerActionStart", "directoryGroupsSync", "onboardingActionStart":
            #"{"providerConnectionId": \#(connection)}"#
        default: nil
        }
    }

    /// Where what is asked for stands in the body.
    func bodyAboutNothing(of endpoint: Endpoint) -> String? {
        endpoint.path.hasPrefix("/api/v1/operations/") ? #"{"tenant": "no such"}"# : nil
    }

    /// Who sees and may do nothing: of tenant 1, or of all the workspace for what is no tenant's.
    func viewer(of endpoint: Endpoint) -> String {
        let isOfWorkspace = ["/api/v1/journeys", "/api/v1/board", "/api/v1/evidence"].contains {
            endpoint.path.hasPrefix($0)
        }
        return isOfWorkspace ? "vasyl" : "vira"
    }

    func capability(of endpoint: Endpoint) -> Capability {
        if case .capability(let capability) = endpoint.access { return capability }
        return switch endpoint.name {
        case "restoreExecute": .executeRestore
        case "directoryGroupsSync", "directoryRoleDefinitionsSync", "runRetry": .syncDirectory
        case "scenarioRowList", "scenarioRowShow": .readOrders
        case "scenarioRowAppend", "scenarioRowUpdate": .writeOrders
        default: .checkProvider
        }
    }

    private func filled(
        _ endpoint: Endpoint, tenant: String, connection: String, session: String, restore: String, run: String,
        journey: String, sequence: String
    ) -> String {
        var path = endpoint.path
        for (name, value) in [
            ("tenant", tenant), ("connection", connection), ("session", session), ("restoreRun", restore), ("run", run),
            ("operation", "connection.check"), ("collection", "orders"), ("row", "order.1"),
            ("journey", journey), ("sequence", sequence), ("subject", "reh.contracts"),
            ("kind", "ProductionReleaseHandoff.v1"),
        ] {
            path = path.replacing("{\(name)}", with: value)
        }
        return path
    }
}

extension WebFixture {
    /// Of tenant 1: connection 7 with a credential, onboarding session 3, restore 5.
    func seedContract() async throws {
        try await fixture.database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO provider_connections (id, workspace_id, tenant_id, provider, entra_tenant_id, display_name,
                    is_default, status, created_at, updated_at)
                VALUES (7, 1, 1, 'microsoft', 'directory-1', 'Contoso', 1, 'connected', 0, 0)
                """)
            try transaction.execute(
                """
                INSERT INTO provider_credentials (id, provider_connection_id, payload, created_at, updated_at)
                VALUES (1, 7, \([0x00] as [UInt8]), 0, 0)
                """)
        }
        try await seedSessionAndRestore()
    }

    /// Of tenant 1: onboarding session 3, restore 5.
    func seedSessionAndRestore() async throws {
        try await fixture.database.write { transaction in
            try transaction.execute("INSERT INTO onboarding_sessions VALUES (3, 1, 1, 0)")
            try transaction.execute(
                "INSERT INTO restore_runs (id, workspace_id, tenant_id, created_at) VALUES (5, 1, 1, 0)")
        }
    }

    /// The journey `demo`, whose cutover is `grant-demo-local`, and one sealed packet.
    func seedJourney() async throws {
        let context = fixture.context()
        _ = try await services.journeys.add(name: "demo", from: .localDemo, to: .staging, context)
        try await services.journeys.use(cutover: ("grant-demo-local", "cutover.yaml"), in: "demo", context)
        _ = try await fixture.evidence.seal(
            PacketDraft(
                kind: .scenarioSnapshot, scope: "other", outcome: .pass,
                subjects: [Subject(name: "manifest", digest: Digest(sha256Of: "other".utf8))], facts: [:],
                lines: [PacketLine("rows", "0")]))
    }

    /// A member by mock header; in the place of what they were before.
    func addMember(
        _ name: String, role: String, tenants: [Int64]?, kind: MemberKind = .person
    ) async throws {
        let members = Members(fixture.changes)
        _ = try await members.put(
            Members.Draft(
                identity: Identity(issuer: Identity.mockIssuer, subject: name), kind: kind, name: name,
                role: try #require(Role.named(role)), tenants: tenants?.map { "\($0)" }), fixture.context())
    }

    func ask(_ endpoint: Endpoint, _ path: String, _ actor: String?, _ body: String?) async throws -> Answer {
        try await send(
            try #require(HTTPRequest.Method(rawValue: endpoint.method.rawValue)), path,
            endpoint.name == "runEvents" ? ["Last-Event-ID": "0"] : [:],
            actor: actor, body: body)
    }
}

extension WebFixture.Answer {
    /// The body without the request's own number.
    var anonymous: String {
        guard let id = json?["requestId"]?.stringValue else { return text }
        return text.replacing(id, with: "")
    }
}

extension HTTPFields {
    var anonymous: [String] {
        map { "\($0.name): \($0.value)" }.filter { !$0.lowercased().hasPrefix("date:") }.sorted()
    }
}

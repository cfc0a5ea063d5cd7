import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import SlipwayCatalogue
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwaySQLite
import SlipwayStore
import SlipwayTesting
import SlipwayWeb
import Testing

/// The server's routes over a dispatch fixture, asked without a network.
struct WebFixture: Sendable {
    let fixture: DispatchFixture
    let services: Services
    let endpoints: [Endpoint]
    private let client: any TestClientProtocol

    nonisolated(nonsending) static func with(
        _ backend: Backend = .sqliteMemory, signIn: OIDCFixture? = nil, logger: Logger = .quiet,
        _ body: @escaping @Sendable (WebFixture) async throws -> Void
    ) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let gate = fixture.gate()
            let services = try services(fixture, gate, signIn)
            let front = Front(services, workspace: fixture.workspace, logger: logger)
            try await Application(router: front.router(), logger: logger).test(.router) { client in
                try await body(
                    WebFixture(
                        fixture: fixture, services: services, endpoints: Endpoint.all(services), client: client))
            }
        }
    }

    static func services(
        _ fixture: DispatchFixture, _ gate: Gate, _ oidc: OIDCFixture? = nil
    ) throws -> Services {
        let mock = MockHeaders(SignIn(fixture.unscoped, workspace: fixture.workspace, clock: fixture.clock))
        let provider = try oidc?.signIn(fixture)
        let database = fixture.unscoped
        let registry = fixture.registry
        let ids = IDSource(random: 77)
        let authenticator: any Authenticator = provider ?? mock
        let rows = try SQLiteDatabase.inMemory()
        let scenario = ScenarioStore(ScenarioPlace { _ in rows }, clock: fixture.clock)
        let sources = JourneySources(
            contracts: ProviderCatalogue.bundled.all.compactMap(\.contract), store: scenario,
            authMode: authenticator.mode, manifest: { Digest(sha256Of: $0.utf8) })
        return Services(
            registry: registry, start: OperationStart(database, registry: registry, gate: gate),
            runs: RunQueries(database), cancel: RunCancel(fixture.changes),
            retry: RunRetry(database, registry: registry, gate: gate),
            bootstrap: Bootstrap(database, registry: registry, gate: gate), onboarding: OnboardingQueries(database),
            restores: Restores(fixture.changes),
            scenario: ScenarioFace(
                scenario, fixture.changes, authMode: authenticator.mode),
            journeys: Journeys(fixture.changes, sources: sources, evidence: fixture.evidence),
            evidence: EvidenceQueries(fixture.evidence),
            refusals: Refusals(database, workspace: fixture.workspace, clock: fixture.clock, ids: ids),
            authenticator: authenticator, desk: provider.map { SignInDesk($0, origin: OIDCFixture.origin) },
            clock: fixture.clock, pause: { await Task.yield() })
    }

    struct Answer {
        let status: Int
        let headers: HTTPFields
        let text: String

        var json: JSONValue? { try? JSONValue(parsing: Array(text.utf8)) }
    }

    func get(_ path: String, _ headers: [String: String] = [:], actor: String? = "olena") async throws -> Answer {
        try await send(.get, path, headers, actor: actor, body: nil)
    }

    func post(
        _ path: String, _ body: JSONValue? = nil, _ headers: [String: String] = [:], actor: String? = "olena"
    ) async throws -> Answer {
        try await send(
            .post, path, headers, actor: actor,
            body: try body.map { String(decoding: try $0.canonicalBytes, as: UTF8.self) })
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ headers: [String: String] = [:], actor: String? = "olena",
        body: String?
    ) async throws -> Answer {
        var fields = HTTPFields()
        if let actor, let name = HTTPField.Name("X-Slipway-Actor") { fields[name] = actor }
        if actor == "olena", let name = HTTPField.Name("X-Slipway-Role") { fields[name] = "owner" }
        if body != nil { fields[.contentType] = "application/json" }
        for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
        return try await client.execute(
            uri: path, method: method, headers: fields, body: body.map { ByteBuffer(string: $0) }
        ) { response in
            Answer(status: response.status.code, headers: response.headers, text: String(buffer: response.body))
        }
    }
}

import HTTPTypes
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import SlipwayWeb
import Testing

/// Ten thousand secrets are sealed, work is done with some at a provider that repeats them wherever it can, and none is
/// seen by anybody, or is anywhere in the database.
@Suite(.timeLimit(.minutes(15))) struct CanaryTests {
    private static let count = 10_000

    @Test(arguments: Backend.enabled.filter { $0 != .sqliteMemory })
    func `none of ten thousand secrets is seen anywhere`(on backend: Backend) async throws {
        try await CanaryFixture.with(backend, count: Self.count) { canary in
            let connections = try await canary.connect()
            try await canary.sealTheRest()
            #expect(try await canary.on.fixture.count("provider_credentials") == Int64(Self.count - 3))
            // Twice, for at the second the provider knows what to repeat from its first word on.
            for worker in UInt64(1)...2 {
                try await canary.startChecks(connections)
                try await canary.work(worker, keys: canary.on.ring)
            }
            try await canary.startChecks(connections)
            try await canary.work(3, keys: .generate())
            try await Self.startEverywhere(canary, try #require(connections.first))
            try await canary.work(4, keys: canary.on.ring)
            try await Self.lookEverywhere(canary, connections)
            #expect(canary.shownCount > 4 * connections.count)
            #expect(canary.logs.all.count > connections.count)
            #expect(canary.sightings == [])
            try await Self.expectNothingStored(canary)
        }
    }

    /// Every way to start something, in both forms.
    private static func startEverywhere(_ canary: CanaryFixture, _ connection: ConnectionRecord) async throws {
        let web = canary.web
        try await web.seedSessionAndRestore()
        _ = try await web.fixture.database.write { transaction in
            try transaction.execute(
                "UPDATE provider_connections SET status = 'connected', scopes_granted = '[]', last_health_check_at = NULL"
            )
        }
        let paths = RoutePaths(run: 1, connection: connection.id.number)
        for endpoint in web.endpoints where endpoint.access == .operation && !endpoint.path.contains("{run}") {
            let path = paths.path(of: endpoint)
            for accept in ["*/*", "text/html"] {
                let answer = try await web.send(.post, path, ["Accept": accept], body: paths.body(of: endpoint))
                canary.show(path, "\(answer.headers) \(answer.text)")
                #expect(answer.status < 500, "\(answer.text)")
            }
        }
    }

    /// Every page and document that the owner may see, and what commands show besides.
    private static func lookEverywhere(_ canary: CanaryFixture, _ connections: [ConnectionRecord]) async throws {
        let (web, context) = (canary.web, canary.on.fixture.context())
        let runs = try await canary.runs()
        for endpoint in web.endpoints where endpoint.method == .get {
            let isOfRun = endpoint.path.contains("{run}")
            for run in isOfRun ? runs : Array(runs.prefix(1)) {
                let paths = RoutePaths(run: run, connection: connections[0].id.number)
                for accept in endpoint.name == "runPage" ? [ContractMedia.detail, "text/html"] : ["*/*"] {
                    let answer = try await web.send(
                        .get, paths.path(of: endpoint), ["Accept": accept, "Last-Event-ID": "0"], body: nil)
                    if isOfRun { #expect(answer.status == 200, "\(endpoint.name): \(answer.text)") }
                    canary.show(endpoint.name, "\(answer.headers) \(answer.text)")
                }
            }
        }
        for entry in try await AccessQueries(canary.on.fixture.unscoped).newest(limit: 100_000, context) {
            canary.show("access log", "\(entry)")
        }
        for connection in connections {
            let (record, history) = try await canary.on.connections.connection(connection.id, context)
            canary.show("connection", "\(record) \(history)")
            #expect(history.contains { $0.kind == .checked }, "\(connection.provider)")
        }
    }

    /// And one that is put there is seen.
    private static func expectNothingStored(_ canary: CanaryFixture) async throws {
        let before = try await canary.stored()
        #expect(before.count > 100 * count)
        #expect(canary.canaries.sightings(in: before) == [])
        let leak = Base64.text(Array("x\(canary.canaries.texts[count - 1])".utf8))
        _ = try await canary.on.fixture.database.write { transaction in
            try transaction.execute("UPDATE tenants SET app_notes = \(leak) WHERE id = 4")
        }
        let after = canary.canaries.sightings(in: try await canary.stored())
        #expect(Set(after.map(\.canary)) == [count - 1])
    }
}

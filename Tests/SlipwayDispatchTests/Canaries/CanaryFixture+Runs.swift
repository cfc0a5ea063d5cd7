import SlipwayCatalogue
import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwayProviders
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

extension CanaryFixture {
    /// Starts a check of each connection.
    func startChecks(_ connections: [ConnectionRecord]) async throws {
        for connection in connections {
            let check = try #require(ProviderCatalogue.bundled[connection.provider]?.check)
            let path = "/admin/provider-connections/\(connection.id)/actions/\(check.type)/start"
            let started = try await web.post(path, nil, ["Accept": ContractMedia.outcome])
            #expect(started.json?["status"] == "accepted", "\(started.text)")
            show(path, started.text)
        }
    }

    /// A worker with these keys does all there is to do.
    func work(_ number: UInt64, keys: KeyRing) async throws {
        let worker = WorkerService(
            on.fixture.tools(try adapters(keys)), host: HostPresence(host: "test", process: "\(number)") { _ in true },
            random: number, logger: logs.logger)
        try await withThrowingTaskGroup { group in
            group.addTask { try await worker.run() }
            while try await isBusy() {
                // What waits to be tried again comes to be due.
                on.fixture.clock.advance(seconds: 0.001)
                await Task.yield()
            }
            worker.stop()
            try await group.waitForAll()
        }
    }

    private func isBusy() async throws -> Bool {
        try await !on.fixture.database.read { transaction in
            try transaction.query("SELECT id FROM operation_runs WHERE status <> 'completed'").isEmpty
        }
    }

    /// The providers' own, over the calls that production makes.
    private func adapters(_ keys: KeyRing) throws -> [String: any Adapter] {
        let fixture = on.fixture
        let findings = RunFindings(fixture.unscoped, clock: fixture.clock, ids: fixture.ids)
        let calls = GuardedCalls(tls: try TrustedTLS(), clock: ManualClock())
        let credentials = on.reads(keys)
        let tools = MicrosoftTools(calls: calls, credentials: credentials, directory: findings, clock: fixture.clock)
        let check = ConnectionCheckAdapter(
            credentials: credentials, records: findings,
            probes: [
                "microsoft": MicrosoftProbes(tools), "keycloak": OIDCProbes(calls: calls),
                "document-ai": HTTPProbes(calls: calls),
            ])
        let checks = ["connection.check", "keycloak.connection.check", "document-ai.connection.check"]
        return MicrosoftAdapters.all(tools).merging(checks.map { ($0, check) }) { $1 }
    }

    /// The numbers of all runs.
    func runs() async throws -> [Int64] {
        try await on.fixture.database.read { transaction in
            try transaction.query("SELECT id FROM operation_runs").map { try $0.integer("id") }
        }
    }
}

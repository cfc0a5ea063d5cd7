import SlipwayDomain
import SlipwayPostgres
import SlipwayProviders
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct PostgresProbeTests {
    private static let password = "canary p&ss=wörd"

    /// Takes every step at a database of its own, as a role that may do what `grants` says.
    private static func check(
        _ address: (String) -> String = { $0 }, grants: String = "", scopes: [String] = ["CONNECT", "TEMPORARY"]
    ) async throws -> (results: [String: ItemResult], records: KeptRecords) {
        try await TestCluster.shared.withDatabase { url in
            let role = "probe_\(url.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFFFF })"
            let session = PostgresSession(try PostgresAddress(url))
            try await session.run { connection in
                try connection.run("CREATE ROLE \(role) LOGIN PASSWORD '\(password)' \(grants)")
            }
            let access = ConnectionAccess(
                connection: TestIDs.connection, tenant: TestIDs.tenant, provider: "postgres", directory: "app",
                endpoints: ["database": address(url)], isLocal: true, scopesRequested: scopes,
                credential: .basic(name: role, password: SecretBytes(password)))
            let records = KeptRecords(access)
            let results = try await results(of: access, records)
            try await session.run { try $0.run("DROP ROLE \(role)") }
            await session.close()
            return (results, records)
        }
    }

    private static func results(
        of access: ConnectionAccess, _ records: KeptRecords
    ) async throws -> [String: ItemResult] {
        let adapter = ConnectionCheckAdapter(
            credentials: records, records: records, probes: ["postgres": PostgresProbes()])
        let call = AdapterCall(
            operation: "connection.check", tenant: TestIDs.tenant, connection: TestIDs.connection, target: [:],
            report: { _ in }, isCancelled: { false })
        var results: [String: ItemResult] = [:]
        // What came of each step; one that is worth another try counts as unknown.
        for item in ProbeStep.allCases.map(\.rawValue) {
            let key = EffectKey(origin: TestIDs.run, item: item)
            do {
                results[item] = try await adapter.perform(item, key: key, call, with: .forTest())
            } catch {
                #expect(!String(reflecting: error).contains("canary"))
                if case .terminal(let reason, _) = error { results[item] = ItemResult(.failed, reason: reason) }
                if case .transient(let reason, _) = error { results[item] = ItemResult(.unknown, reason: reason) }
            }
        }
        return results
    }

    @Test func `a sound database passes every step, and the write leaves nothing`() async throws {
        let (results, records) = try await Self.check()
        #expect(
            results.mapValues(\.status) == [
                "reach": .succeeded, "tls": .skipped, "authenticate": .succeeded, "permission": .succeeded,
                "write": .succeeded,
            ])
        let findings = try #require(records.findings.last)
        #expect(findings.health == .healthy)
        #expect(findings.scopesGranted == ["CONNECT", "TEMPORARY"])
        #expect(!String(reflecting: findings).contains("canary"))
    }

    @Test func `a role that may more than is asked for is told, and one that may less is degraded`() async throws {
        let strong = try await Self.check(grants: "BYPASSRLS")
        #expect(strong.results["permission"]?.facts["beyond"] == ["BYPASSRLS"])
        let weak = try await Self.check(scopes: ["CONNECT", "CREATE"])
        #expect(weak.results["permission"]?.reason == .permissionMissing)
        #expect(weak.results["permission"]?.facts["missing"] == ["CREATE"])
        #expect(weak.results["write"]?.status == .skipped)
        #expect(weak.records.findings.last?.health == .degraded)
    }

    @Test func `a server that is not there is worth another try`() async throws {
        let (results, records) = try await Self.check({ _ in "postgres://127.0.0.1:1/app" })
        #expect(results["reach"]?.reason == .networkUnreachable)
        #expect(results["reach"]?.status == .unknown)
        #expect(records.findings.last?.health == .unhealthy)
    }
}

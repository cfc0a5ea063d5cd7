import AsyncHTTPClient
import Hummingbird
import Logging
import SlipwayDomain
import SlipwayLab
import SlipwayProviders
import SlipwayTesting

/// A lab with a stood-in Microsoft on a free port, and adapters that work on it.
struct LabFixture: Sendable {
    let seed: DirectorySeed
    let microsoft: MicrosoftLab
    let lab: Lab
    let base: String
    let records: KeptRecords
    let adapters: [String: any Adapter]
    let clock: ManualClock
    let logs: LogLines
    let late: LateAnswer

    static let secret = "canary-7Qm+secret/of=the client"

    /// The first tenant's directory.
    var directory: LabTenant { microsoft.tenants[0] }

    var access: ConnectionAccess { Self.access(base, directory.id, Self.clientSecret(microsoft.application.clientID)) }

    static func clientSecret(_ client: String) -> Credential {
        .clientSecret(clientID: client, secret: SecretBytes(secret))
    }

    /// `givesUp` is whether a call's time is over as soon as the lab holds an answer back.
    static func with<Result: Sendable>(
        _ seed: DirectorySeed = DirectorySeed(tenants: 2, groups: 25), certificates: [ClientCertificate] = [],
        givesUp: Bool = true, _ body: @Sendable (LabFixture) async throws -> Result
    ) async throws -> Result {
        let (clock, logs, late) = (ManualClock(), LogLines(), LateAnswer())
        let application = RegisteredApplication(
            clientID: seed.application, secret: SecretBytes(secret), certificates: certificates)
        let microsoft = MicrosoftLab(seed, application: application, clock: clock)
        let service = HTTPLab(apiKey: SecretBytes(secret), user: "ann", password: SecretBytes(secret))
        let lab = Lab([microsoft, service]) { _ in await late.hold() }
        let (ports, port) = AsyncStream<Int>.makeStream()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            let server = LabServer.application(lab, port: 0, logger: logs.logger) { port.yield($0) }
            group.addTask { try await server.run() }
            var iterator = ports.makeAsyncIterator()
            guard let number = await iterator.next() else { throw CancellationError() }
            let client = HTTPClient(configuration: .init(redirectConfiguration: .disallow))
            do {
                let fixture = LabFixture(
                    seed, microsoft, lab, base: "http://127.0.0.1:\(number)", client, clock, logs, late,
                    givesUp: givesUp)
                let result = try await body(fixture)
                late.end()
                try await client.shutdown()
                group.cancelAll()
                return result
            } catch {
                late.end()
                try await client.shutdown()
                group.cancelAll()
                throw error
            }
        }
    }

    private init(
        _ seed: DirectorySeed, _ microsoft: MicrosoftLab, _ lab: Lab, base: String, _ client: HTTPClient,
        _ clock: ManualClock,
        _ logs: LogLines, _ late: LateAnswer, givesUp: Bool
    ) {
        self.seed = seed
        self.microsoft = microsoft
        self.lab = lab
        self.base = base
        self.clock = clock
        self.logs = logs
        self.late = late
        let access = Self.access(
            base, microsoft.tenants[0].id, Self.clientSecret(microsoft.application.clientID))
        records = KeptRecords(access)
        let calls = PlainCalls(client: client, logger: logs.logger) {
            await givesUp ? late.isHeld() : late.isOver()
        }
        let tools = MicrosoftTools(calls: calls, credentials: records, directory: records, clock: clock)
        let probes: [String: any ConnectionProbes] = [
            "microsoft": MicrosoftProbes(tools), "oidc": OIDCProbes(calls: calls), "http": HTTPProbes(calls: calls),
        ]
        let check = ConnectionCheckAdapter(credentials: records, records: records, probes: probes)
        let short = ConnectionCheckAdapter(
            credentials: records, records: records, probes: probes, steps: [.authenticate, .reach])
        adapters = MicrosoftAdapters.all(tools)
            .merging(["connection.check": check, "short.connection.check": short]) { $1 }
    }

    static func access(
        _ base: String, _ directory: String, _ credential: Credential, provider: String = "microsoft",
        scopes: [String] = ["Group.Read.All"]
    ) -> ConnectionAccess {
        ConnectionAccess(
            connection: TestIDs.connection, tenant: TestIDs.tenant, provider: provider, directory: directory,
            endpoints: [
                "authority": "\(base)/microsoft", "graph": "\(base)/microsoft",
                "issuer": "\(base)/microsoft/\(directory)/v2.0", "health": "\(base)/http/health",
            ], isLocal: true, scopesRequested: scopes, credential: credential)
    }

    /// Lets the connection be one to another of the lab's providers.
    func connect(to provider: String, _ credential: Credential, scopes: [String] = []) {
        records.replace(Self.access(base, directory.id, credential, provider: provider, scopes: scopes))
    }
}

enum TestIDs {
    static let connection = id(7, of: ProviderConnection.self)
    static let tenant = id(3, of: Tenant.self)
    static let run = id(11, of: OperationRun.self)

    private static func id<Entity>(_ number: Int64, of entity: Entity.Type) -> ID<Entity> {
        guard let id = ID<Entity>(number) else { preconditionFailure("\(number) is an id") }
        return id
    }
}

extension DispatchPermit {
    /// As a worker would make it.
    static func forTest() -> DispatchPermit {
        DispatchPermit(
            run: TestIDs.run, scopes: [], fence: 1, deadline: SteadyInstant(microseconds: .max))
    }
}

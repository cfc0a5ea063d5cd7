import Hummingbird
import Logging
import ServiceLifecycle
import SlipwayCutover
import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwayWeb
import UnixSignals

/// The server's services, put together.
struct Server {
    private let installation: Installation
    private let address: ListenAddress
    private let concurrency: Int

    init(_ installation: Installation, address: ListenAddress, concurrency: Int) {
        self.installation = installation
        self.address = address
        self.concurrency = concurrency
    }

    func run(_ console: Console) async throws {
        var settings = WorkerSettings()
        settings.concurrency = concurrency
        let adapters = Adapters.all(installation)
        let worker = installation.worker(adapters, settings)
        let gate = installation.gate(served: Set(adapters.keys)) { worker.wake() }
        let services = services(gate, worker)
        let bootstraps = BootstrapService(bootstrap: services.bootstrap, logger: installation.logger)
        let front = Front(
            Endpoint.all(services), workspace: installation.workspace, logger: installation.logger)
        let application = Application(
            router: front.router(),
            configuration: ApplicationConfiguration(address: .hostname(address.host, port: address.port)),
            onServerRunning: { channel in
                console.line(
                    "slipway listens on http://\(address.host):\(channel.localAddress?.port ?? address.port) (mock-auth-header)"
                )
            },
            logger: installation.logger)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [application, worker, bootstraps], gracefulShutdownSignals: [.sigterm, .sigint],
                logger: installation.logger))
        try await group.run()
    }

    /// Every route, as a server without a worker has them.
    func endpoints() -> [Endpoint] {
        let worker = installation.worker([:])
        return Endpoint.all(services(installation.gate(served: []), worker))
    }

    private func services(_ gate: Gate, _ worker: WorkerService) -> Services {
        let database = installation.database
        let registry = installation.registry
        return Services(
            registry: registry, start: OperationStart(database, registry: registry, gate: gate),
            runs: RunQueries(database), cancel: RunCancel(database, clock: installation.clock) { worker.wake() },
            retry: RunRetry(database, registry: registry, gate: gate),
            bootstrap: Bootstrap(database, registry: registry, gate: gate), onboarding: OnboardingQueries(database),
            pause: { try? await Task.sleep(for: .milliseconds(250)) })
    }
}

/// What carries out each operation.
enum Adapters {
    static func all(_ installation: Installation) -> [String: any Adapter] {
        CutoverAdapter.all { call in
            try StageRunner(
                job: CutoverJob.named(in: call.target, data: installation.folder), file: call.target["file"] ?? "",
                folder: installation.folder, evidence: installation.evidence, console: .silent, report: call.report)
        }
    }
}

import Hummingbird
import Logging
import ServiceLifecycle
import SlipwayCutover
import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwayStore
import SlipwayWeb
import UnixSignals

/// The server's services, put together.
struct Server {
    private let installation: Installation
    private let scenario: ScenarioPlace
    private let address: ListenAddress
    private let concurrency: Int
    private let schedules: [Schedule]
    private let keepDays: Int

    init(
        _ installation: Installation, scenario: ScenarioPlace, address: ListenAddress, concurrency: Int,
        schedules: [Schedule] = [], keepDays: Int = RunsPrune.usualDays
    ) {
        self.installation = installation
        self.scenario = scenario
        self.address = address
        self.concurrency = concurrency
        self.schedules = schedules
        self.keepDays = keepDays
    }

    func run(_ console: Console, _ access: ServerAccess) async throws {
        var settings = WorkerSettings()
        settings.concurrency = concurrency
        let adapters = try await Adapters.all(installation)
        let worker = installation.worker(adapters, settings)
        let gate = installation.gate(served: Set(adapters.keys)) { worker.wake() }
        let services = services(gate, worker, access)
        let bootstraps = BootstrapService(bootstrap: services.bootstrap, logger: installation.logger)
        let firing = ScheduleService(
            schedules: schedules, firing: installation.firing(gate), clock: installation.clock,
            logger: installation.logger)
        let pruning = PruningService(
            pruner: RunPruner(installation.database, clock: installation.clock), keepDays: keepDays,
            logger: installation.logger)
        let front = Front(services, workspace: installation.workspace, logger: installation.logger)
        let chaining = AccessChainService(
            chain: AccessChain(installation.database, workspace: installation.workspace), logger: installation.logger)
        let application = Application(
            router: front.router(), server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(address: .hostname(address.host, port: address.port)),
            onServerRunning: { channel in
                console.line(
                    "slipway listens on http://\(address.host):\(channel.localAddress?.port ?? address.port) (\(access.authenticator.mode))"
                )
            },
            logger: installation.logger)
        var configuration = ServiceGroupConfiguration(
            services: [application, worker, bootstraps, firing, pruning, chaining],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: installation.logger)
        // Past the worker's own grace: whatever still holds on to the server by then is let go.
        configuration.maximumGracefulShutdownDuration = .milliseconds(settings.graceMilliseconds + 5000)
        configuration.maximumCancellationDuration = .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
    }

    /// Every route, as a server without a worker has them.
    func endpoints() -> [Endpoint] {
        let worker = installation.worker([:])
        return Endpoint.all(services(installation.gate(served: []), worker, installation.mockSignIn))
    }

    private func services(_ gate: Gate, _ worker: WorkerService, _ access: ServerAccess) -> Services {
        let database = installation.database
        let registry = installation.registry
        return Services(
            registry: registry, start: OperationStart(database, registry: registry, gate: gate),
            runs: RunQueries(database),
            cancel: RunCancel(installation.changes) {
                worker.wake()
            },
            retry: RunRetry(database, registry: registry, gate: gate),
            bootstrap: Bootstrap(database, registry: registry, gate: gate), onboarding: OnboardingQueries(database),
            restores: Restores(installation.changes),
            scenario: installation.scenario(scenario, authMode: access.authenticator.mode),
            journeys: installation.journeys(scenario, authMode: access.authenticator.mode),
            evidence: EvidenceQueries(installation.evidence),
            refusals: Refusals(
                database, workspace: installation.workspace, clock: installation.clock, ids: installation.ids),
            authenticator: access.authenticator, desk: access.desk,
            clock: installation.clock,
            pause: { try? await Task.sleep(for: .milliseconds(250)) },
            isStopping: { Task.isShuttingDownGracefully })
    }
}

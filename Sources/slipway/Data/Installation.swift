import Glibc
import Logging
import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwaySQL
import SlipwayStore

/// The composition root: one installation's database, and the use cases over it.
struct Installation {
    let database: any Database
    let evidence: EvidenceLog
    let workspace: ID<Workspace>
    /// The data directory.
    let folder: String
    let registry: OperationRegistry
    let clock = SystemClock()
    let logger: Logger

    /// Opens what the options name, migrates it, and makes the workspace when there is none.
    init(_ options: DataOptions, registry: OperationRegistry = .bundled, logger: Logger = Self.quiet) async throws {
        let folder = DataDirectory(options)
        evidence = try await folder.evidence()
        database = try folder.database()
        self.folder = folder.path
        self.registry = registry
        self.logger = logger
        var mint = IDMint(random: Self.anyNumber())
        let now = clock.now()
        let fresh = mint.next(Workspace.self, at: now)
        workspace = try await database.write { transaction in
            try TenantReads.workspace(named: "default", orNew: fresh, at: now, transaction)
        }
    }

    /// For commands: what goes wrong is their one line, not a log.
    static let quiet = Logger(label: "slipway") { _ in SwiftLogNoOpLogHandler() }

    static func anyNumber() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    func gate(served: Set<String>, started: @escaping @Sendable () -> Void = {}) -> Gate {
        Gate(database, served: served, clock: clock, random: Self.anyNumber(), started: started)
    }

    func worker(_ adapters: [String: any Adapter], _ settings: WorkerSettings = WorkerSettings()) -> WorkerService {
        let tools = DriverTools(
            database: database, registry: registry, adapters: adapters, evidence: evidence, clock: clock, steady: clock,
            random: Self.anyNumber())
        return WorkerService(
            tools, host: HostProcess.presence(), settings: settings, random: Self.anyNumber(), logger: logger)
    }

    /// The person at the terminal, as a run's initiator.
    func context() -> OperationContext {
        let name = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(getuid())"
        return OperationContext(
            actor: Initiator(kind: .operator, name: name), workspace: workspace, requestID: "cli", logger: logger)
    }
}

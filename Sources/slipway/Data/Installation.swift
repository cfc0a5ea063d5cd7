import Glibc
import Logging
import SlipwayCatalogue
import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwaySQL
import SlipwaySQLite
import SlipwayStore

/// The composition root: one installation's database, and the use cases over it.
struct Installation {
    /// Without a scope: each use case takes its own.
    let database: any Database
    let evidence: EvidenceLog
    let workspace: ID<Workspace>
    /// The data directory.
    let folder: String
    let catalogue: ProviderCatalogue
    let clock = SystemClock()
    let ids = IDSource(random: Self.anyNumber())
    let logger: Logger

    /// Opens what the options name, migrates it, and makes the workspace when there is none.
    init(_ options: DataOptions, logger: Logger = Self.quiet) async throws {
        let folder = DataDirectory(options)
        let database = try await folder.database()
        try await self.init(
            database, try folder.evidence(in: database), folder: folder.path, catalogue: folder.catalogue(),
            logger: logger)
    }

    /// One that lasts as long as the process, with nothing in it.
    static func inMemory() async throws -> Installation {
        let database = try SQLiteDatabase.inMemory()
        try await Schema.migrate(database)
        let evidence = EvidenceLog(database, key: .generate(), clock: SystemClock())
        return try await Installation(database, evidence, folder: "", catalogue: .bundled, logger: quiet)
    }

    private init(
        _ database: any Database, _ evidence: EvidenceLog, folder: String, catalogue: ProviderCatalogue,
        logger: Logger
    ) async throws {
        self.database = database
        self.evidence = evidence
        self.folder = folder
        self.catalogue = catalogue
        self.logger = logger
        let now = clock.now()
        let fresh = await ids.next(Workspace.self, at: now)
        workspace = try await database.scoped(to: .system).write { transaction in
            try TenantReads.workspace(named: "default", orNew: fresh, at: now, transaction)
        }
    }

    var registry: OperationRegistry { catalogue.registry }

    /// For commands: what goes wrong is their one line, not a log.
    static let quiet = Logger(label: "slipway") { _ in SwiftLogNoOpLogHandler() }

    /// All of the workspace.
    var scope: AccessScope { AccessScope(workspace: workspace, entitlement: .workspace) }

    static func anyNumber() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    func gate(served: Set<String>, started: @escaping @Sendable () -> Void = {}) -> Gate {
        Gate(database, served: served, clock: clock, ids: ids, started: started)
    }

    func firing(_ gate: Gate) -> ScheduleFiring {
        ScheduleFiring(
            database, start: OperationStart(database, registry: registry, gate: gate), workspace: workspace,
            logger: logger)
    }

    func worker(_ adapters: [String: any Adapter], _ settings: WorkerSettings = WorkerSettings()) -> WorkerService {
        let tools = DriverTools(
            database: database, registry: registry, adapters: adapters, evidence: evidence, clock: clock, steady: clock,
            random: Self.anyNumber())
        return WorkerService(
            tools, host: HostProcess.presence(), settings: settings, random: Self.anyNumber(), logger: logger)
    }

    var changes: LoggedChanges { LoggedChanges(database, clock: clock, ids: ids) }

    /// The person at the terminal. Whoever has the data directory in hand may do everything in it.
    func context() -> OperationContext {
        let name = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(getuid())"
        return OperationContext(
            actor: Initiator(kind: .operator, name: name), workspace: workspace, access: .full,
            origin: RequestOrigin(requestID: "cli", source: "cli", means: "cli"), logger: logger)
    }
}

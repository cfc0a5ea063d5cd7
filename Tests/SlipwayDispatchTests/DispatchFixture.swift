import Logging
import SlipwayCatalogue
import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

/// A migrated database with one workspace, its tenants, operations to start, a gate and whoever carries them out.
struct DispatchFixture {
    /// In the scope of the system, for statements of the tests themselves.
    let database: any Database
    /// In no scope, as the composition root hands it to use cases and services, which take their own.
    var unscoped: any Database { database.scoped(to: .none) }
    /// As whoever may do what Slipway itself may not: on PostgreSQL another role, on SQLite the same.
    let owner: any Database
    let clock = ManualClock()
    let ids = IDSource(random: 9)
    let registry: OperationRegistry
    let evidence: EvidenceLog
    let workspace: ID<Workspace>

    static let sync = OperationDefinition(
        type: "test.sync", verb: "Sync", provider: "test", module: "test", capability: .syncDirectory,
        needsConnection: false, protectedScopes: [ScopeTemplate("tenant:{tenant}")], identityFields: ["key"],
        retry: RetryPolicy(attempts: 3, firstPauseMilliseconds: 100, longestPauseMilliseconds: 1000))
    /// Holds nothing, so that many run at once.
    static let free = OperationDefinition(
        type: "test.free", verb: "Do", provider: "test", module: "test", capability: .syncDirectory,
        needsConnection: false, protectedScopes: [], identityFields: ["key"],
        retry: RetryPolicy(attempts: 3, firstPauseMilliseconds: 100, longestPauseMilliseconds: 1000))
    static let connected = OperationDefinition(
        type: "test.connected", verb: "Check", provider: "microsoft", module: "test", capability: .syncDirectory,
        protectedScopes: [ScopeTemplate("connection:{connection}")], identityFields: ["connection"])
    /// Holds its connection alone, and one of two places of its tenant.
    static let paired = OperationDefinition(
        type: "test.paired", verb: "Check", provider: "test", module: "test", capability: .syncDirectory,
        protectedScopes: [ScopeTemplate("connection:{connection}"), ScopeTemplate("tenant:{tenant}", slots: 2)],
        identityFields: ["connection"])

    /// Lends a fixture on an empty database of that kind.
    nonisolated(nonsending) static func with<Result>(
        _ backend: Backend, _ body: (DispatchFixture) async throws -> Result
    ) async throws -> Result {
        try await backend.withDatabase(role: RowSecurity.role, preparedBy: Schema.migrate) { owner, database in
            try await body(try await DispatchFixture(database.scoped(to: .system), owner: owner))
        }
    }

    private init(_ database: any Database, owner: any Database) async throws {
        self.database = database
        self.owner = owner
        registry = OperationRegistry(
            [Self.sync, Self.free, Self.connected, Self.paired] + ProviderCatalogue.bundled.registry.all)
        evidence = EvidenceLog(database.scoped(to: .none), key: .generate(), clock: clock)
        workspace = try #require(ID(1))
        let workspace = workspace
        try await database.write { transaction in
            try transaction.execute("INSERT INTO workspaces VALUES (\(workspace), 'default', 0)")
            for tenant in Int64(1)...9 {
                try transaction.execute(
                    """
                    INSERT INTO tenants (id, workspace_id, name, tenant_id, created_at)
                    VALUES (\(tenant), \(workspace), \("tenant \(tenant)"), \("directory-\(tenant)"), 0)
                    """)
            }
        }
    }

    func gate(random: UInt64 = 1) -> Gate {
        Gate(unscoped, served: Set(registry.all.map(\.type)), clock: clock, ids: IDSource(random: random))
    }

    var changes: LoggedChanges { LoggedChanges(unscoped, clock: clock, ids: ids) }

    /// One who may do everything.
    func context(
        _ actor: Initiator = Initiator(kind: .operator, name: "olena"), _ access: Access = .full,
        identity: Identity? = nil
    ) -> OperationContext {
        OperationContext(
            actor: actor, identity: identity, workspace: workspace, access: access,
            origin: RequestOrigin(requestID: "test", source: "test", means: "test"), logger: .quiet)
    }

    func tools(_ adapter: any Adapter, over database: (any Database)? = nil) -> DriverTools {
        tools(Dictionary(uniqueKeysWithValues: registry.all.map { ($0.type, adapter) }), over: database)
    }

    /// `adapters` by operation.
    func tools(_ adapters: [String: any Adapter], over database: (any Database)? = nil) -> DriverTools {
        DriverTools(
            database: (database ?? self.database).scoped(to: .none), registry: registry, adapters: adapters,
            evidence: evidence, clock: clock, steady: clock, random: 7)
    }

    func request(
        _ operation: OperationDefinition = sync, tenant: Int64 = 1, key: String = "all", items: [String] = []
    ) throws -> StartRequest {
        StartRequest(
            operation: operation, workspace: workspace, tenant: ID(tenant), target: ["key": key],
            surface: "test", initiator: Initiator(kind: .operator, name: "olena"), items: items)
    }

    /// Takes a run and carries it to where it is over or waits.
    func drive(_ run: ID<OperationRun>, _ adapter: any Adapter) async throws {
        let claimed = try #require(try await claim(run))
        var driver = RunDriver(claimed, tools: tools(adapter), signals: RunSignals())
        while try await driver.step() != .done {}
    }

    func run(_ id: ID<OperationRun>?) async throws -> RunRecord {
        let id = try #require(id)
        return try #require(try await database.read { try RunReads.run(id, in: $0) })
    }

    func events(_ id: ID<OperationRun>?) async throws -> [RecordedEvent] {
        let id = try #require(id)
        return try await database.read { try RunReads.events(of: id, in: $0) }
    }

    /// How many rows a table has.
    func count(_ table: String) async throws -> Int64 {
        try await database.read { transaction in
            try transaction.query("SELECT COUNT(*) AS n FROM \(identifier: table)").first?.integer("n") ?? 0
        }
    }

    /// Takes a run for a worker of that number, as a worker would; it enters the roll when it is not there.
    func claim(_ run: ID<OperationRun>? = nil, by worker: Int64 = 1) async throws -> RunRecord? {
        let worker = try #require(ID<Worker>(worker))
        let now = clock.now()
        do {
            try await database.write { transaction in
                try WorkerRoll.enter(worker, host: "test", process: "\(worker)", at: now, in: transaction)
            }
        } catch DatabaseError.unique {
            // It is on the roll already.
        }
        return try await database.write { transaction in
            try RunClaims.claim(
                run.map { .only($0) } ?? .anyDue, for: worker, limit: 1, at: now, in: transaction
            ).first
        }
    }

    /// What must hold of every run at any time: its row is the fold of its events, and holds belong to active runs.
    func checkInvariants() async throws {
        let (runs, events, held) = try await database.read { transaction in
            let runs = try transaction.query("SELECT id FROM operation_runs").map { row in
                try #require(ID<OperationRun>(try row.integer("id")))
            }
            let records = try runs.compactMap { try RunReads.run($0, in: transaction) }
            let events = try runs.map { try RunReads.events(of: $0, limit: 100_000, in: transaction) }
            let held = try transaction.query(
                """
                SELECT COUNT(*) AS n FROM run_holds h JOIN operation_runs r ON r.id = h.run_id
                WHERE r.status = 'completed'
                """)
            return (records, events, try held.first?.integer("n"))
        }
        #expect(held == 0, "a completed run holds nothing")
        for (run, events) in zip(runs, events) {
            #expect(events.map(\.sequence) == Array(1...max(run.events, 1)), "run \(run.id) has every event once")
            let folded = try RunMachine(folding: events.map(\.event), maxAttempts: run.machine.maxAttempts)
            #expect(folded == run.machine, "run \(run.id)")
        }
    }
}

extension Logger {
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

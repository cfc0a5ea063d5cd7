import ArgumentParser
import Foundation
import Logging
import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite
import SlipwayStore
import Synchronization

/// Where a benchmark runs: a fresh PostgreSQL database, or a fresh SQLite file.
struct BenchOptions: ParsableArguments {
    @Option(help: "A PostgreSQL URL, or the path of an SQLite file.")
    var database: String

    @Option(help: "Sessions of PostgreSQL.")
    var sessions = 4
}

/// A migrated database with one operation that does nothing.
struct BenchInstallation: Sendable {
    /// In the scope of the system: the benchmark reads what came of all starts.
    let database: any Database
    let clock = BenchClock()
    let workspace: ID<Workspace>

    static let noOperation = OperationDefinition(
        type: "bench.nothing", verb: "Do nothing", provider: "bench", module: "bench", capability: .runCutover,
        needsConnection: false, protectedScopes: [ScopeTemplate("bench:{key}")], identityFields: ["key"])

    init(_ options: BenchOptions) async throws {
        if options.database.contains("://") {
            let address = try PostgresAddress(options.database)
            try await Schema.migrate(PostgresDatabase(address, sessions: 1))
            database = PostgresDatabase(address, sessions: options.sessions, role: RowSecurity.role).scoped(to: .system)
        } else {
            database = try SQLiteDatabase.file(options.database)
            try await Schema.migrate(database)
        }
        guard let workspace = ID<Workspace>(1) else { preconditionFailure("1 is an id") }
        self.workspace = workspace
    }

    func gate(started: @escaping @Sendable () -> Void = {}) -> Gate {
        Gate(database, served: [Self.noOperation.type], clock: clock, ids: IDSource(random: 1), started: started)
    }

    func request(_ key: String) -> StartRequest {
        StartRequest(
            operation: Self.noOperation, workspace: workspace, target: ["key": key], surface: "bench",
            initiator: Initiator(kind: .operator, name: "bench"))
    }

    func worker(_ adapter: any Adapter, concurrency: Int) -> WorkerService {
        var settings = WorkerSettings()
        settings.concurrency = concurrency
        let tools = DriverTools(
            database: database, registry: OperationRegistry([Self.noOperation]),
            adapters: [Self.noOperation.type: adapter],
            evidence: EvidenceLog(database, key: .generate(), clock: clock), clock: clock, steady: clock, random: 1)
        let presence = HostPresence(host: "bench", process: "1") { _ in nil }
        return WorkerService(
            tools, host: presence, settings: settings, random: 1,
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
    }
}

struct BenchClock: WallClock, SteadyClock {
    func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    func reading() -> SteadyInstant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return SteadyInstant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}

/// Latencies in microseconds, and what is said of them.
struct Latencies {
    private var values: [Int64]

    init(_ values: [Int64]) {
        self.values = values.sorted()
    }

    func milliseconds(_ share: Double) -> String {
        guard !values.isEmpty else { return "-" }
        let value = values[min(values.count - 1, Int(share * Double(values.count)))]
        return String(format: "%.2f", Double(value) / 1000)
    }
}

/// Does nothing, and can tell when each run reached it.
final class NothingAdapter: Adapter {
    private let arrivals = Mutex<[String: Int64]>([:])
    private let count = Atomic(0)
    private let keepsArrivals: Bool
    private let clock = BenchClock()

    init(keepsArrivals: Bool = false) {
        self.keepsArrivals = keepsArrivals
    }

    var calls: Int { count.load(ordering: .relaxed) }

    func arrival(of key: String) -> Int64? {
        arrivals.withLock { $0[key] }
    }

    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        count.add(1, ordering: .relaxed)
        if keepsArrivals, let key = call.target["key"] {
            let now = clock.reading().microseconds
            arrivals.withLock { $0[key] = now }
        }
        return []
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult { ItemResult() }

    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState { .done }
}

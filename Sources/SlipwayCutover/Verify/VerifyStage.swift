package import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite

/// What both sides hold, and where they differ.
package struct VerifyReport: Sendable {
    package var source: [TableDigest]
    package var target: [TableDigest]
    package var differences: [Difference]
    /// Ways in which the policies let a tenant reach foreign rows.
    package var leaks: [String]
    /// Tables that differ in ways beyond the differences that are named.
    package var differingTables: [String]

    package var sourceDigest: Digest { SnapshotDigest.digest(of: source) }
    package var targetDigest: Digest { SnapshotDigest.digest(of: target) }
    package var holds: Bool { sourceDigest == targetDigest && differingTables.isEmpty && leaks.isEmpty }
    package var rows: Int { source.reduce(0) { $0 + $1.rows } }
}

/// Reads both sides anew and compares: the source by a scan of its own, the target as the application role
/// through the policies, tenant by tenant.
package struct VerifyStage: Sendable {
    private let job: CutoverJob
    private let limit: Int
    private let sessions: Int
    private let progress: CutoverProgress

    package init(_ job: CutoverJob, limit: Int = 100, sessions: Int = 2, progress: CutoverProgress = .silent) {
        self.job = job
        self.limit = limit
        self.sessions = sessions
        self.progress = progress
    }

    package func run() async throws -> VerifyReport {
        let tables = job.manifest.included
        let pool = (0..<sessions).map { _ in PostgresSession(job.target) }
        progress.began("reading both sides")
        async let source = sourceDigests(tables)
        let census = try await pool[0].run { connection in
            try TargetTrust.require(connection, job.manifest.target)
            return try TargetCensus(job.names).counts(of: tables, on: connection)
        }
        let readings = try await targetReadings(tables, census, pool)
        let digests = try await source
        return try await pool[0].run { connection in
            try Comparison(job: job, limit: limit).report(digests, readings, census, on: connection)
        }
    }

    private func sourceDigests(_ tables: [TableMapping]) async throws -> [TableDigest] {
        let opened = try job.openSource()
        let side = SourceSide(file: opened.file, schema: opened.schema)
        let digests = try opened.file.snapshot { try tables.map { try side.digest(of: $0, progress: progress.rows) } }
        try opened.requireUnwritten()
        return digests
    }

    private func targetReadings(
        _ tables: [TableMapping], _ census: TargetCensus.Counts, _ pool: [PostgresSession]
    ) async throws -> [TargetReading] {
        let work = tables.flatMap { table in census.tenants(of: table).map { (table, $0) } }
        let queue = WorkQueue(work)
        let side = TargetSide(names: job.names)
        return try await withThrowingTaskGroup(of: [TargetReading].self) { group in
            for session in pool {
                group.addTask {
                    var readings: [TargetReading] = []
                    while let (table, tenant) = await queue.next() {
                        readings.append(
                            try await session.run { connection in
                                let result = try side.sums(
                                    of: table, tenant: tenant, on: connection, progress: progress.rows)
                                return TargetReading(
                                    table: table.source, tenant: tenant, sums: result.sums, foreign: result.foreign)
                            })
                    }
                    return readings
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }
}

/// What one tenant saw of one table.
struct TargetReading: Sendable {
    var table: String
    var tenant: TenantName
    var sums: [RowSum]
    var foreign: Int
}

/// Hands out work to whoever is free.
actor WorkQueue<Item: Sendable> {
    private var items: ArraySlice<Item>

    init(_ items: [Item]) {
        self.items = items[...]
    }

    func next() -> Item? {
        items.popFirst()
    }
}

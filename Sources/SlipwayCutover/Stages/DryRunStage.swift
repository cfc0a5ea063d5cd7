package import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite

package struct DryRunReport: Sendable {
    package var verification: VerifyReport
    package var catalogueBefore: Digest
    package var catalogueAfter: Digest
    /// Seconds the copy with its keys took in the rehearsal, and the verification.
    package var copySeconds: Double
    package var verifySeconds: Double

    /// Rows the copy counted as it sent them.
    package var copiedRows: Int
    /// Columns of travelling tables that the manifest does not map.
    package var unmappedColumns: Int
    /// SHA-256 of the host the rehearsal ran at.
    package var hostDigest: Digest
    /// The state the source was in.
    package var fingerprint: String

    package var leftNothing: Bool { catalogueBefore == catalogueAfter }
    package var passes: Bool { verification.holds && leftNothing }
}

/// The whole cutover in one transaction that is rolled back: the same copy, keys, policies and verification over
/// a scratch schema. Killed at any point it leaves nothing, because nothing was committed.
package struct DryRunStage: Sendable {
    private let job: CutoverJob
    private let progress: CutoverProgress
    private let clock: any WallClock

    package init(_ job: CutoverJob, progress: CutoverProgress = .silent, clock: any WallClock) {
        self.job = job
        self.progress = progress
        self.clock = clock
    }

    package func run() async throws -> DryRunReport {
        try await PostgresSession(job.target).run { connection in
            try TargetTrust.require(connection, job.manifest.target)
            try CutoverLock.take(job.manifest.name, on: connection)
            let before = try CatalogueDigest.digest(of: job.names, on: connection)
            let rehearsal = try rehearse(on: connection)
            let after = try CatalogueDigest.digest(of: job.names, on: connection)
            return DryRunReport(
                verification: rehearsal.report, catalogueBefore: before, catalogueAfter: after,
                copySeconds: rehearsal.copySeconds, verifySeconds: rehearsal.verifySeconds,
                copiedRows: rehearsal.copiedRows, unmappedColumns: rehearsal.unmappedColumns,
                hostDigest: Digest(sha256Of: Array(connection.host.utf8)), fingerprint: rehearsal.fingerprint)
        }
    }

    private struct Rehearsal {
        var report: VerifyReport
        var copySeconds: Double
        var verifySeconds: Double
        var copiedRows: Int
        var unmappedColumns: Int
        var fingerprint: String
    }

    private struct Undo: Error {}

    private func rehearse(on connection: PostgresConnection) throws -> Rehearsal {
        var rehearsal: Rehearsal?
        do {
            try connection.transaction {
                let start = clock.now()
                let source = try job.openSource()
                let rehearsed = rehearsedJob
                let copied = try source.file.snapshot { try copy(source, rehearsed, on: connection) }
                let middle = clock.now()
                let report = try verify(source, rehearsed, on: connection)
                try source.requireUnwritten()
                rehearsal = Rehearsal(
                    report: report, copySeconds: middle.seconds(since: start),
                    verifySeconds: clock.now().seconds(since: middle), copiedRows: copied,
                    unmappedColumns: unmappedColumns(of: source), fingerprint: source.fingerprint.text)
                throw Undo()
            }
        } catch is Undo {
        }
        guard let rehearsal else { throw CutoverError.protocolFault("a rehearsal without a result") }
        return rehearsal
    }

    private var rehearsedJob: CutoverJob {
        var manifest = job.manifest
        manifest.target.schema = job.names.rehearsal.schema
        return CutoverJob(
            manifest: manifest, manifestDigest: job.manifestDigest, sourcePath: job.sourcePath, target: job.target)
    }

    private func copy(_ source: OpenSource, _ job: CutoverJob, on connection: PostgresConnection) throws -> Int {
        let names = self.job.names.rehearsal
        let records = BatchRecords(names: names, cutover: job.manifest.name)
        let preparation = TargetPreparation(
            manifest: job.manifest, manifestDigest: "rehearsal", fingerprint: "rehearsal", names: names,
            records: records)
        try preparation.ensureRoles(on: connection)
        let runner = StepRunner(names: names, records: records)
        let steps = Runbook(job.manifest, names: names).steps
        let (first, others) = (steps.prefix(1), steps.dropFirst())
        for statement in first.flatMap(\.statements) { try connection.run(statement) }
        try records.prepare(on: connection)
        try runner.run(others.filter { $0.phase == .structure }, done: [], on: connection)
        var rows = 0
        for table in job.manifest.included {
            guard let declared = source.schema.table(table.source), let scan = TableScan(table, in: declared) else {
                throw CutoverError.schemaChanged(table.source)
            }
            progress.began("rehearsing \(table.source)")
            let copier = TableCopier(table: table, scan: scan, file: source.file, records: records, batch: .usual)
            rows += try copier.copy(on: connection, progress: progress.rows).rows
        }
        progress.began("rehearsing keys and foreign keys")
        try runner.run(others.filter { $0.phase > .structure }, done: [], on: connection)
        return rows
    }

    private func unmappedColumns(of source: OpenSource) -> Int {
        job.manifest.included.reduce(0) { count, table in
            let columns = source.schema.table(table.source)?.columns ?? []
            return count + columns.count { !$0.isGenerated && table.column($0.name) == nil }
        }
    }

    private func verify(_ source: OpenSource, _ job: CutoverJob, on connection: PostgresConnection) throws
        -> VerifyReport
    {
        progress.began("verifying the rehearsal")
        let side = SourceSide(file: source.file, schema: source.schema)
        let digests = try source.file.snapshot { try job.manifest.included.map { try side.digest(of: $0) } }
        let census = try TargetCensus(job.names).counts(of: job.manifest.included, on: connection)
        let target = TargetSide(names: job.names)
        let readings = try job.manifest.included.flatMap { table in
            try census.tenants(of: table).map { tenant in
                let result = try target.sums(of: table, tenant: tenant, on: connection, progress: progress.rows)
                return TargetReading(table: table.source, tenant: tenant, sums: result.sums, foreign: result.foreign)
            }
        }
        return try Comparison(job: job, limit: 100).report(digests, readings, census, on: connection)
    }
}

extension Timestamp {
    func seconds(since start: Timestamp) -> Double {
        Double(microseconds - start.microseconds) / 1_000_000
    }
}

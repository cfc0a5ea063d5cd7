import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite

/// What a copy did.
package struct CopyReport: Sendable {
    package var tables: [(table: String, rows: Int, batches: Int)]
    package var resumed: Bool
    package var rows: Int { tables.reduce(0) { $0 + $1.rows } }
}

/// Copies all tables and builds what stands on them: rows go in on one session while keys of finished tables are
/// built on two others, and relations between tables that have their keys on a fourth.
package struct CopyStage: Sendable {
    private let job: CutoverJob
    private let batch: BatchSize
    private let restart: Bool
    private let progress: CutoverProgress

    package init(
        _ job: CutoverJob, batch: BatchSize = .usual, restart: Bool = false, progress: CutoverProgress = .silent
    ) {
        self.job = job
        self.batch = batch
        self.restart = restart
        self.progress = progress
    }

    package func run() async throws -> CopyReport {
        let loading = PostgresSession(job.target)
        let builders = [PostgresSession(job.target), PostgresSession(job.target)]
        let relating = PostgresSession(job.target)
        let (loaded, load) = AsyncStream.makeStream(of: TableMapping.self)
        let (keyed, key) = AsyncStream.makeStream(of: TableMapping.self)
        let resumed = try await loading.run { try prepare(on: $0) }
        let tables = try await withThrowingTaskGroup(of: [CopiedTable].self) { group in
            group.addTask {
                defer { load.finish() }
                return try await loading.run { try copyTables(on: $0) { load.yield($0) } }
            }
            group.addTask {
                defer { key.finish() }
                try await buildKeys(of: loaded, with: builders) { key.yield($0) }
                return []
            }
            group.addTask {
                try await buildRelations(between: keyed, with: relating)
                return []
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        progress.began("building what is left")
        try await loading.run { try runSteps(.relations, on: $0) }
        return CopyReport(tables: tables.map { ($0.table, $0.rows, $0.batches) }, resumed: resumed)
    }

    private struct CopiedTable: Sendable {
        var table: String
        var rows: Int
        var batches: Int
    }

    private var records: BatchRecords { BatchRecords(names: job.names, cutover: job.manifest.name) }
    private var runbook: Runbook { Runbook(job.manifest, names: job.names) }

    private func prepare(on connection: PostgresConnection) throws -> Bool {
        try TargetTrust.require(connection, job.manifest.target)
        try CutoverLock.take(job.manifest.name, on: connection)
        let preparation = TargetPreparation(
            manifest: job.manifest, manifestDigest: job.manifestDigest.description,
            fingerprint: try SourceFingerprint(of: job.sourcePath).text, names: job.names, records: records)
        let resumed = try preparation.begin(restart: restart, on: connection)
        try runSteps(.structure, on: connection)
        return resumed
    }

    private func copyTables(on connection: PostgresConnection, finished: (TableMapping) -> Void) throws -> [CopiedTable]
    {
        let source = try job.openSource()
        let copied = try source.file.snapshot {
            try job.manifest.included.map { table in
                guard let declared = source.schema.table(table.source), let scan = TableScan(table, in: declared) else {
                    throw CutoverError.schemaChanged(table.source)
                }
                progress.began("copying \(table.source)")
                let copier = TableCopier(table: table, scan: scan, file: source.file, records: records, batch: batch)
                let checkpoint = try copier.copy(on: connection, progress: progress.rows)
                finished(table)
                return CopiedTable(table: table.source, rows: checkpoint.rows, batches: checkpoint.batches)
            }
        }
        try source.requireUnwritten()
        return copied
    }

    private func buildKeys(
        of loaded: AsyncStream<TableMapping>, with builders: [PostgresSession],
        finished: @escaping @Sendable (TableMapping) -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var turn = 0
            for await table in loaded {
                let builder = builders[turn % builders.count]
                turn += 1
                group.addTask {
                    try await builder.run { try buildKeys(of: table, on: $0) }
                    finished(table)
                }
            }
            try await group.waitForAll()
        }
    }

    private func buildKeys(of table: TableMapping, on connection: PostgresConnection) throws {
        let own = Set(TableRunbook(table, job.manifest, job.names).keys.map(\.id))
        try runSteps(.keys, on: connection) { own.contains($0.id) }
    }

    /// One at a time, because two foreign keys of one table would wait for each other's locks.
    private func buildRelations(between keyed: AsyncStream<TableMapping>, with session: PostgresSession) async throws {
        var ready: Set<String> = []
        for await table in keyed {
            ready.insert(table.target)
            let known = ready
            try await session.run { connection in
                try runSteps(.relations, on: connection) { !$0.tables.isEmpty && known.isSuperset(of: $0.tables) }
            }
        }
    }

    private func runSteps(
        _ phase: RunbookStep.Phase, on connection: PostgresConnection,
        where included: (RunbookStep) -> Bool = { _ in true }
    ) throws {
        let done = try records.doneSteps(on: connection)
        let steps = runbook.steps.filter { $0.phase == phase && included($0) }
        try StepRunner(names: job.names, records: records).run(steps, done: done, on: connection)
    }
}

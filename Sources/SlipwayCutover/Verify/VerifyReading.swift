import SlipwayPostgres
import SlipwaySQLite

/// A piece of the work of reading both sides, for whichever session is free.
enum VerifyReading: Sendable {
    /// Who has how many rows of a table in the target.
    case census(TableMapping)
    /// A table of the source, whole.
    case source(TableMapping)
    /// A table of the target as one tenant sees it.
    case target(TableMapping, TenantName)
}

/// What was read.
struct VerifyFindings: Sendable {
    var census = TargetCensus.Counts()
    /// By the table's name in the source.
    var source: [String: TableDigest] = [:]
    var target: [TargetReading] = []

    /// The work a reading makes known: a census says whose rows there are to be read.
    func readings(after reading: VerifyReading) -> [VerifyReading] {
        guard case .census(let table) = reading else { return [] }
        return census.tenants(of: table).map { .target(table, $0) }
    }

    mutating func merge(_ other: VerifyFindings) {
        census.merge(other.census)
        source.merge(other.source) { own, _ in own }
        target += other.target
    }
}

/// Does one reading, the source's on a connection of its own.
struct VerifyReader: Sendable {
    let job: CutoverJob
    let progress: @Sendable (Int) -> Void

    func findings(of reading: VerifyReading, on connection: PostgresConnection) throws -> VerifyFindings {
        var findings = VerifyFindings()
        switch reading {
        case .census(let table):
            findings.census = try TargetCensus(job.names).counts(of: [table], on: connection)
        case .source(let table):
            let opened = try job.openSource()
            let side = SourceSide(file: opened.file, schema: opened.schema)
            findings.source[table.source] = try opened.file.snapshot { try side.digest(of: table, progress: progress) }
        case .target(let table, let tenant):
            let side = TargetSide(names: job.names)
            let result = try side.sums(of: table, tenant: tenant, on: connection, progress: progress)
            findings.target.append(
                TargetReading(table: table.source, tenant: tenant, sums: result.sums, foreign: result.foreign))
        }
        return findings
    }
}

/// What one tenant saw of one table.
struct TargetReading: Sendable {
    var table: String
    var tenant: TenantName
    var sums: [RowSum]
    var foreign: Int
}

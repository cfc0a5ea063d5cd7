import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite

/// Puts the two readings side by side.
struct Comparison {
    let job: CutoverJob
    let limit: Int

    func report(
        _ source: [TableDigest], _ readings: [TargetReading], _ census: TargetCensus.Counts,
        on connection: PostgresConnection
    ) throws -> VerifyReport {
        let target = digests(readings)
        var report = VerifyReport(
            source: source, target: target, differences: [], leaks: leaks(readings, census), differingTables: [])
        let proof = NegativeProof(target: TargetSide(names: job.names))
        for (table, pair) in zip(job.manifest.included, zip(source, target)) {
            let places = pair.0.differing(from: pair.1)
            if !places.isEmpty {
                report.differingTables.append(table.source)
                report.differences += try locate(
                    places, in: table, room: limit - report.differences.count, on: connection)
            }
            report.leaks += try proof.failures(in: table, tenants: census.tenants(of: table), on: connection)
        }
        return report
    }

    private func digests(_ readings: [TargetReading]) -> [TableDigest] {
        let byTable = Dictionary(grouping: readings, by: \.table)
        return job.manifest.included.map { table in
            var digest = TableDigest(table: table.source)
            for reading in byTable[table.source] ?? [] { digest.set(reading.sums, of: reading.tenant) }
            return digest
        }
    }

    /// Rows a tenant saw that are not its own, and rows of a tenant that it could not see.
    private func leaks(_ readings: [TargetReading], _ census: TargetCensus.Counts) -> [String] {
        readings.flatMap { reading -> [String] in
            var found: [String] = []
            let name = "\(reading.table) [\(reading.tenant.text)]"
            if reading.foreign > 0 { found.append("\(name): sees \(reading.foreign) rows of other tenants") }
            let seen = reading.sums.reduce(0) { $0 + $1.rows }
            let owned = census.rows(reading.table, reading.tenant)
            if reading.foreign == 0, seen != owned { found.append("\(name): sees \(seen) of its \(owned) rows") }
            return found
        }
    }

    private func locate(
        _ places: [(tenant: TenantName, bucket: Int)], in table: TableMapping, room: Int,
        on connection: PostgresConnection
    ) throws -> [Difference] {
        guard room > 0 else { return [] }
        let opened = try job.openSource()
        let locator = DifferenceLocator(
            source: SourceSide(file: opened.file, schema: opened.schema), target: TargetSide(names: job.names),
            limit: room)
        return try opened.file.snapshot { try locator.differences(in: table, at: places, on: connection) }
    }
}

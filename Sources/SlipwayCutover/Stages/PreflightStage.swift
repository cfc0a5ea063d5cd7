package import SlipwayDomain
import SlipwaySQLite

/// What the preflight found.
package struct PreflightReport: Sendable {
    package var hazards: [HazardGroup]
    package var tables: [(table: String, group: BatchGroup, rows: Int)]
    /// Values that repairs of the manifest change, by table and column.
    package var repaired: [(table: String, column: String, values: Int)]
    /// The digest of what will travel; nil while hazards block.
    package var digests: [TableDigest]?
    package var fingerprint: String

    package var rows: Int { tables.reduce(0) { $0 + $1.rows } }
    package var blocking: [HazardGroup] { hazards.filter { !$0.kind.isNotice } }
    package var passes: Bool { blocking.isEmpty }
    package var snapshotDigest: Digest? { digests.map(SnapshotDigest.digest) }
}

/// Reads the whole source and names every hazard before a byte is written. Touches no target.
package struct PreflightStage: Sendable {
    private let job: CutoverJob
    private let progress: CutoverProgress

    package init(_ job: CutoverJob, progress: CutoverProgress = .silent) {
        self.job = job
        self.progress = progress
    }

    /// `each` is told of every hazard as it is found, also those beyond the few that the report names.
    package func run(each: @escaping (Hazard) -> Void = { _ in }) throws -> PreflightReport {
        let source = try job.openSource()
        let report = try source.file.snapshot { try self.report(source, each: each) }
        try source.requireUnwritten()
        return report
    }

    private func report(_ source: OpenSource, each: @escaping (Hazard) -> Void) throws -> PreflightReport {
        var collector = HazardCollector(each: each)
        let (file, schema, manifest) = (source.file, source.schema, job.manifest)
        for hazard in StructureCheck(manifest: manifest, schema: schema).hazards() { collector.add(hazard) }
        var report = PreflightReport(
            hazards: [], tables: [], repaired: [], digests: nil, fingerprint: source.fingerprint.text)
        for table in manifest.included {
            guard let declared = schema.table(table.source) else { throw CutoverError.schemaChanged(table.source) }
            progress.began("checking \(table.source)")
            let check = ValueCheck(table: table, source: declared, file: file)
            let outcome = try check.run(into: &collector, progress: progress.rows)
            try IndexSizeCheck(file: file).run(table, declared, widest: outcome.widest, into: &collector)
            report.tables.append((table.source, table.group, outcome.rows))
            report.repaired += outcome.repaired.sorted { $0.key < $1.key }.map { (table.source, $0.key, $0.value) }
        }
        progress.began("checking relations")
        try RelationCheck(manifest: manifest, schema: schema, file: file).run(into: &collector)
        let resolution = Resolution(manifest: manifest, schema: schema, file: file)
        report.hazards = try collector.all.map(resolution.resolved)
        if report.passes {
            progress.began("taking the digest")
            let side = SourceSide(file: file, schema: schema)
            report.digests = try manifest.included.map { try side.digest(of: $0) }
        }
        return report
    }
}

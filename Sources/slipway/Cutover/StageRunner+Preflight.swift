import Foundation
import SlipwayCutover
import SlipwayDomain

extension StageRunner {
    func preflight() async throws -> StageResult {
        console.line("preflight  \(job.manifest.source.path)")
        let list = try HazardList(folder: folder, cutover: scope)
        let bar = bar()
        let report = try PreflightStage(job, progress: bar.progress).run { list.add($0) }
        bar.finish()
        list.close()
        show(report)
        if report.blocking.isEmpty {
            let tables = Figures.count(report.tables.count, "table")
            let repaired = report.repaired.reduce(0) { $0 + $1.values }
            let but = repaired == 0 ? "" : ", but for \(Figures.count(repaired, "value")) repaired as the manifest says"
            console.line("  \(Figures.count(report.rows, "row")) in \(tables): every value arrives bit-exact\(but)")
        } else {
            let values = report.blocking.reduce(0) { $0 + $1.count }
            console.line(
                "  blocked: \(Figures.count(values, "hazard")) in \(Figures.count(report.blocking.count, "place")); all of them stand in \(list.path)"
            )
        }
        for repair in report.repaired {
            console.line(
                "  repaired by the manifest: \(Figures.count(repair.values, "value")) of \(repair.table).\(repair.column)"
            )
        }
        if let digest = report.snapshotDigest { console.line("  snapshot \(digest)") }
        return try await result(of: report)
    }

    private func result(of report: PreflightReport) async throws -> StageResult {
        let draft = PacketDraft.preflight(
            report, job, dryRun: try await counter(.adapterDryRun, "dry_run", none: "0/5"),
            connection: try await counter(.adapterConnection, "connection", none: "0/4"))
        let runbook = RunbookText.text(
            of: job.manifest, sourceDigest: report.snapshotDigest?.description, rows: report.rows)
        try Data(runbook.utf8).write(to: URL(fileURLWithPath: PlanFiles.runbookPath(for: file)))
        return StageResult(
            packets: [draft, .runbook(runbook, report, job)],
            json: [
                "stage": "preflight", "outcome": .string(draft.outcome.rawValue),
                "rows": .integer(Int64(report.rows)), "hazards": .array(report.hazards.map(\.facts)),
                "snapshot": report.snapshotDigest.map { .string($0.description) } ?? .null,
            ], failure: report.passes ? nil : .hazardsUnresolved)
    }

    private func show(_ report: PreflightReport) {
        for group in report.blocking { show(group) }
        let notices = Dictionary(grouping: report.hazards.filter(\.kind.isNotice), by: \.kind)
        for kind in HazardClass.allCases {
            guard let groups = notices[kind] else { continue }
            let places = groups.map { group in group.column.map { "\(group.table).\($0)" } ?? group.table }
            let shown =
                places.prefix(4).joined(separator: ", ")
                + (places.count > 4 ? " and \(Figures.count(places.count - 4)) more" : "")
            console.line("  note   \(kind.rawValue): \(shown): \(kind.why)")
        }
    }

    private func show(_ group: HazardGroup) {
        let place = group.column.map { "\(group.table).\($0)" } ?? group.table
        let count = group.count > 1 ? " (\(Figures.count(group.count)) times)" : ""
        console.line("  hazard \(place): \(group.kind.rawValue)\(count): \(group.kind.why)")
        for hazard in group.examples.prefix(3) {
            let parts = [hazard.key, hazard.value, hazard.detail].compactMap { $0 }
            if !parts.isEmpty { console.line("           \(parts.joined(separator: ", "))") }
        }
        if let line = group.resolution { console.line("           resolve with  \(line)") }
    }
}

/// Every hazard of a preflight, one JSON object a line: the report names a few of each, this names all.
final class HazardList {
    let path: String
    private let file: FileHandle

    init(folder: String, cutover: String) throws {
        path = "\(folder)/hazards-\(cutover.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()).jsonl"
        _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        guard let file = FileHandle(forWritingAtPath: path) else {
            throw CommandFailure(
                status: .unreachable, description: "\(path) cannot be written: is the folder writable?")
        }
        self.file = file
    }

    func add(_ hazard: Hazard) {
        guard let bytes = try? hazard.facts.canonicalBytes else { return }
        file.write(Data(bytes + [0x0A]))
    }

    func close() {
        try? file.close()
    }
}

import Foundation
import SlipwayDomain
import SlipwayPostgres
import SlipwaySQLite
import SlipwayTesting
import Testing

@testable import SlipwayCutover

/// Takes one group through plan, preflight, copy and verification, and checks what each says of each case.
struct HazardCorpusRun {
    let group: CorpusGroup
    let path: String
    let url: String

    /// Makes the group's source and a database, and runs.
    static func run(_ group: CorpusGroup) async throws {
        let harmless = """
            CREATE TABLE harmless (id INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, label TEXT);
            INSERT INTO harmless VALUES (1, 'alpha', 'first'), (2, 'beta', 'second'), (3, 'alpha', NULL);
            """
        let sql = ([group.pragma, harmless] + group.cases.flatMap(\.statements)).joined(separator: ";\n")
        try await SourceFixture.withSource(sql) { path in
            try await TestCluster.shared.withDatabase { url in
                try await HazardCorpusRun(group: group, path: path, url: url).run()
            }
        }
    }

    private func run() async throws {
        let manifest = try planned()
        let report = try preflight(manifest)
        let blocked = Set(group.cases.filter(\.isBlocked).flatMap(\.tables))
        #expect(report.passes == blocked.isEmpty)
        try await arrive(manifest, schema: "unblocked") { !blocked.contains($0.source) }
        try await resolve(manifest, report)
    }

    /// The plan as its file reads, with what a case changes in it.
    private func planned() throws -> Manifest {
        let source = try OpenSource(path: path)
        let request = PlanRequest(
            name: "corpus \(group.name)", sourceKind: .sqlite, sourcePath: path, targetURL: url, tenant: group.tenant,
            names: group.names)
        let planner = Planner(request, file: source.file, schema: source.schema)
        var manifest = try CutoverJob.manifest(from: planner.text(of: try planner.manifest()))
        for hazard in group.cases {
            guard let index = manifest.tables.firstIndex(where: { $0.source == hazard.tables.first }) else { continue }
            hazard.plan(&manifest.tables[index])
        }
        return manifest
    }

    private func job(_ manifest: Manifest) throws -> CutoverJob {
        let digest = Digest(sha256Of: ManifestWriter.text(of: manifest).utf8)
        return CutoverJob(
            manifest: manifest, manifestDigest: digest, sourcePath: path, target: try PostgresAddress(url))
    }

    /// Every hazard named is one that is expected, every one that is expected is named, and nobody's data shows.
    private func preflight(_ manifest: Manifest) throws -> PreflightReport {
        var named: [Hazard] = []
        let report = try PreflightStage(try job(manifest)).run { named.append($0) }
        for hazard in group.cases {
            let places = hazard.places
            let found = named.filter { places.contains($0.table) || places.contains(Self.place($0)) }.map(Self.line)
                .sorted()
            let missed = Self.difference(hazard.expects.sorted(), found)
            let excess = Self.difference(found, hazard.expects.sorted())
            #expect(missed.isEmpty, "\(hazard.title): not named")
            #expect(excess.isEmpty, "\(hazard.title): named, and should not be")
        }
        let known = group.cases.reduce(into: Set<String>()) { $0.formUnion($1.places) }
        let strangers = named.filter { !known.contains($0.table) && !known.contains(Self.place($0)) }.map(Self.line)
        #expect(strangers.isEmpty, "hazards in the companion table, or in no case's")
        #expect(report.hazards.reduce(0) { $0 + $1.count } == named.count)
        for blocking in report.blocking {
            #expect(blocking.resolution?.isEmpty == false, "no way out of \(blocking.kind) in \(blocking.table)")
            #expect(blocking.examples.count == min(5, blocking.count))
        }
        let shown = "\(named) \(report.hazards)"
        #expect(!shown.contains(HazardCase.secret), "a whole value is shown")
        #expect(!shown.contains("85010112345"), "half a value is shown")
        return report
    }

    private static func place(_ hazard: Hazard) -> String {
        hazard.column.map { "\(hazard.table).\($0)" } ?? hazard.table
    }

    private static func line(_ hazard: Hazard) -> String {
        [hazard.kind.rawValue, place(hazard), hazard.key].compactMap { $0 }.joined(separator: " ")
    }

    /// What the first list has more of than the second.
    private static func difference(_ left: [String], _ right: [String]) -> [String] {
        var rest = right
        return left.filter { line in
            guard let index = rest.firstIndex(of: line) else { return true }
            rest.remove(at: index)
            return false
        }
    }

    /// Copies the chosen tables, verifies, and compares both stores by a way of its own.
    private func arrive(_ manifest: Manifest, schema: String, where isIncluded: (TableMapping) -> Bool) async throws {
        var manifest = manifest
        manifest.name = schema
        manifest.target.schema = schema
        for index in manifest.tables.indices where !isIncluded(manifest.tables[index]) {
            manifest.tables[index].isExcluded = true
        }
        let job = try job(try CutoverJob.manifest(from: ManifestWriter.text(of: manifest)))
        let report = try PreflightStage(job).run()
        #expect(
            report.blocking.map { "\($0.kind) in \($0.table).\($0.column ?? "")" } == [], "still blocked in \(schema)")
        guard report.passes else { return }
        #expect(try await CopyStage(job).run().rows == report.rows)
        let verified = try await VerifyStage(job).run()
        #expect(verified.holds, "\(verified.differences.map(\.description)) \(verified.leaks)")
        let arrival = HazardCorpusArrival(job: job, isUTF16: group.isUTF16)
        for failure in try await arrival.failures() { Issue.record("\(schema): \(failure)") }
    }

    /// Applies each case's way out, and sees that it is one.
    private func resolve(_ manifest: Manifest, _ report: PreflightReport) async throws {
        var manifest = manifest
        var travelling: Set<String> = []
        for hazard in group.cases where hazard.isBlocked {
            let groups = report.blocking.filter { hazard.tables.contains($0.table) }
            switch hazard.remedy {
            case .mend:
                for line in groups.compactMap(\.resolution) {
                    #expect(line.hasPrefix("mend") || line.hasPrefix("give"), "\(hazard.title): \(line)")
                }
                continue
            case .edit(let edit):
                guard let index = manifest.tables.firstIndex(where: { $0.source == hazard.tables[0] }) else { continue }
                edit(&manifest.tables[index])
            case .line, .asText:
                for group in groups {
                    let line = group.resolution ?? ""
                    let isApplied = ResolutionLine(line).apply(to: &manifest, table: group.table, column: group.column)
                    #expect(isApplied, "\(hazard.title): cannot be applied: \(line)")
                    if case .line = hazard.remedy { #expect(!line.contains("repair:"), "\(hazard.title): \(line)") }
                }
            }
            travelling.formUnion(hazard.tables)
        }
        guard !travelling.isEmpty else { return }
        try await arrive(manifest, schema: "resolved") { travelling.contains($0.source) || $0.source == "harmless" }
    }
}

/// A line that the preflight gives as the way out, done to a manifest as a reader would do it.
struct ResolutionLine {
    private let text: String

    init(_ line: String) {
        text = line.split(separator: "    #").first.map(String.init) ?? line
    }

    /// False when the line is not one that can be done without thinking.
    func apply(to manifest: inout Manifest, table: String, column: String?) -> Bool {
        guard let index = manifest.tables.firstIndex(where: { $0.source == table }) else { return false }
        let path = "tables.\(ManifestWriter.scalar(table))"
        guard text.hasPrefix(path) else { return false }
        let rest = text.dropFirst(path.count)
        if rest == ".key: [rowid]" {
            manifest.tables[index].key = ["rowid"]
            return true
        }
        if let number = between(rest, ".foreign_keys[", "].enforce: false"), let key = Int(number) {
            manifest.tables[index].foreignKeys[key].isEnforced = false
            return true
        }
        guard let column, let place = manifest.tables[index].columns.firstIndex(where: { $0.source == column }) else {
            return false
        }
        let columnPath = ".columns.\(ManifestWriter.scalar(column))"
        guard rest.hasPrefix(columnPath) else { return false }
        let change = rest.dropFirst(columnPath.count)
        guard change == ".required: false" else {
            return replaceLine(of: manifest.tables[index].columns[place], in: table, with: change, &manifest)
        }
        manifest.tables[index].columns[place].isRequired = false
        return true
    }

    /// Puts the line where the column's line stands, and reads the manifest anew.
    private func replaceLine(
        of column: ColumnMapping, in table: String, with change: Substring, _ manifest: inout Manifest
    ) -> Bool {
        let name = ManifestWriter.scalar(column.source)
        let before = "      \(name): \(ManifestWriter.fields(of: column))"
        var isInTable = false
        let old = ManifestWriter.text(of: manifest).split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        let new = old.map { line in
            if line.hasPrefix("  "), !line.hasPrefix("   ") { isInTable = line == "  \(ManifestWriter.scalar(table)):" }
            return isInTable && line == before ? "      \(name)\(change)" : line
        }
        guard new != old, let read = try? CutoverJob.manifest(from: new.joined(separator: "\n")) else { return false }
        manifest = read
        return true
    }

    private func between(_ text: Substring, _ start: String, _ end: String) -> String? {
        guard text.hasPrefix(start), text.hasSuffix(end) else { return nil }
        return String(text.dropFirst(start.count).dropLast(end.count))
    }
}

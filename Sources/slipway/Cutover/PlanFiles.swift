import Foundation
import SlipwayCutover
import SlipwayDomain
import SlipwayPostgres

/// Makes a plan and writes its two files.
struct PlanFiles {
    private let command: PlanCommand
    private let output: URL

    init(command: PlanCommand) throws {
        self.command = command
        output = URL(fileURLWithPath: command.output)
        guard command.force || !FileManager.default.fileExists(atPath: output.path) else {
            throw CommandFailure(
                status: .usage,
                description: "\(command.output) exists: choose another -o, or --force to replace what was reviewed")
        }
    }

    var runbookPath: String { PlanFiles.runbookPath(for: command.output) }

    static func runbookPath(for manifest: String) -> String {
        (manifest as NSString).deletingPathExtension + ".runbook.sql"
    }

    func write(progress: CutoverProgress) throws -> Manifest {
        let address = try PostgresAddress(command.target)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: command.source, isDirectory: &isFolder) else {
            throw CommandFailure(
                status: .unreachable,
                description: "\(command.source) does not exist: name a SQLite file or a folder of JSON Lines")
        }
        let kind: Manifest.SourceReference.Kind = isFolder.boolValue ? .jsonl : .sqlite
        let location = SourceLocation(kind: kind, path: command.source, data: command.data.data)
        let source = try OpenSource(path: try location.databasePath())
        let planner = Planner(request(kind, address), file: source.file, schema: source.schema)
        let manifest = try planner.manifest { progress.reading($0) }
        try Data(planner.text(of: manifest).utf8).write(to: output)
        let runbook = RunbookText.text(of: manifest, sourceDigest: nil, rows: nil)
        try Data(runbook.utf8).write(to: URL(fileURLWithPath: runbookPath))
        return manifest
    }

    private func request(_ kind: Manifest.SourceReference.Kind, _ address: PostgresAddress) -> PlanRequest {
        let file = URL(fileURLWithPath: command.source)
        let name = command.name ?? file.deletingPathExtension().lastPathComponent
        let tenant = command.tenant.map(PlanRequest.Tenant.constant) ?? .column(command.tenantColumn ?? "")
        return PlanRequest(
            name: name, sourceKind: kind, sourcePath: Self.path(of: file, from: output.deletingLastPathComponent()),
            targetURL: address.redacted, tenant: tenant, names: command.names, schema: command.schema)
    }

    /// The source's path as the manifest's folder sees it, so that both can move together.
    static func path(of file: URL, from folder: URL) -> String {
        let target = file.standardizedFileURL.pathComponents
        let base = folder.standardizedFileURL.pathComponents
        let shared = zip(target, base).prefix { $0 == $1 }.count
        guard shared > 1 else { return file.standardizedFileURL.path }
        return (Array(repeating: "..", count: base.count - shared) + target.dropFirst(shared)).joined(separator: "/")
    }

    func report(_ manifest: Manifest, to console: Console) throws {
        try console.result(
            .object([
                "manifest": .string(command.output), "runbook": .string(runbookPath), "cutover": .string(manifest.name),
                "tables": .array(manifest.tables.map { .string($0.source) }),
            ]))
        console.line(
            "Planned \(manifest.name): \(Figures.count(manifest.tables.count, "table")), parents before children.")
        console.line("  \(command.output)  the manifest: review it, edit it, keep it")
        console.line("  \(runbookPath)  the SQL it stands for")
        console.line("Next: slipway cutover connect -f \(command.output)")
    }
}

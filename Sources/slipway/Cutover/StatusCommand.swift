import ArgumentParser
import SlipwayCutover
import SlipwayDomain

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What is done of a cutover, what is next, and the evidence for it.")
    @OptionGroup var options: CutoverOptions

    func run() async throws {
        try await Console.run(json: options.json) { try await CutoverSession(options, $0).runner().status() }
    }
}

extension StageRunner {
    private var stages: [(name: String, kind: PacketKind)] {
        [
            ("connect", .adapterConnection), ("preflight", .migrationPreflight), ("dry-run", .adapterDryRun),
            ("verify", .dataCutoverPlan),
        ]
    }

    /// Read from evidence alone: what is not sealed did not happen.
    func status() async throws {
        console.line("cutover \(scope), manifest \(job.manifestDigest.short)")
        var rows: [JSONValue] = []
        var next: String?
        for stage in stages {
            let packet = try await latest(stage.kind)
            let state = packet?.draft.outcome.rawValue ?? "not done"
            let proof = packet.map { "evidence \($0.sequence), \($0.digest.short), \($0.sealedAt.rfc3339)" } ?? ""
            console.line("  \(Figures.padded(stage.name, 10)) \(Figures.padded(state, 9)) \(proof)")
            if next == nil, packet?.draft.outcome != .pass {
                next = stage.name == "verify" && packet == nil ? "copy" : stage.name
            }
            rows.append([
                "stage": .string(stage.name), "state": .string(state),
                "evidence": packet.map { .integer($0.sequence) } ?? .null,
            ])
        }
        console.line(
            next.map { "Next: slipway cutover \($0) -f \(file)" } ?? "The data is in the target, proven equal.")
        try console.result([
            "cutover": .string(scope), "stages": .array(rows), "next": next.map(JSONValue.string) ?? .null,
        ])
    }
}

import Foundation
import SlipwayCutover
import SlipwayDomain
import SlipwayPostgres

extension StageRunner {
    func drill() async throws -> StageResult {
        console.line("drill      the dry run's checkpoint, restored beside everything else and read again")
        guard let packet = try await latest(.adapterDryRun), packet.draft.outcome == .pass,
            let checkpoint = packet.draft.facts["checkpoint"].flatMap(SourceCheckpoint.init(facts:)),
            let expected = packet.draft.facts["verification"]?["sourceDigest"]?.stringValue.flatMap(Digest.init)
        else {
            throw CutoverError.blocked(
                "no passed dry run of this manifest with a checkpoint: run `slipway cutover dry-run -f \(file)`")
        }
        let bar = bar(total: packet.draft.facts["rows"]?.integerValue.map(Int.init))
        let stage = DrillStage(
            job, checkpoint: checkpoint, expected: expected, progress: bar.progress, clock: SystemClock())
        let report = try stage.run(in: URL(fileURLWithPath: folder).appending(path: "checkpoints"))
        bar.finish()
        console.line("  \(report.passes ? "pass" : "FAIL") \(report.detail), in \(Figures.duration(report.seconds))")
        let draft = PacketDraft.drill(
            report, snapshot: packet.draft.facts["snapshot"]?.stringValue ?? expected.description, job)
        return StageResult(
            packets: [draft],
            json: ["stage": "drill", "outcome": .string(draft.outcome.rawValue), "facts": .object(draft.facts)],
            failure: report.passes ? nil : .verificationFailed)
    }

    func wiring() async throws -> StageResult {
        console.line("wiring     \(job.target.redacted)")
        guard let connection = try await latest(.adapterConnection), connection.draft.outcome == .pass else {
            throw CutoverError.blocked(
                "no passed connection of this manifest: run `slipway cutover connect -f \(file)`")
        }
        let stage = WiringStage(
            job, claims: ScenarioRole.allCases.map(\.rawValue),
            accepted: connection.draft.facts["certificate"]?.stringValue)
        let report = try await stage.run()
        for check in report.checks {
            console.line("  \(check.outcome.rawValue)  \(Figures.padded(check.id, 9)) \(check.detail)")
        }
        let draft = PacketDraft.wiring(report, accepted: try await binding().accepted, job)
        return StageResult(
            packets: [draft],
            json: ["stage": "wiring", "outcome": .string(draft.outcome.rawValue), "facts": .object(draft.facts)],
            failure: report.passes ? nil : .targetNotReady)
    }
}

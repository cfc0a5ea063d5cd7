import SlipwayCutover
import SlipwayDomain
import SlipwayPostgres

extension StageRunner {
    func connect() async throws -> StageResult {
        console.line("connect    \(job.target.redacted)")
        let report = try await ConnectStage(job).run()
        for check in report.checks {
            console.line(
                "  \(Figures.padded(check.outcome == .notApplicable ? "n/a" : check.outcome.rawValue, 5)) \(Figures.padded(check.id, 9)) \(check.detail)"
            )
        }
        let draft = PacketDraft.connection(report, job)
        return StageResult(
            packets: [draft],
            json: [
                "stage": "connect", "outcome": .string(draft.outcome.rawValue), "facts": .object(draft.facts),
            ], failure: report.passes ? nil : .targetNotReady)
    }
}

import SlipwayCutover
import SlipwayDomain
import SlipwayPostgres

extension StageRunner {
    func connect() async throws {
        console.line("connect    \(job.target.redacted)")
        let report = try await ConnectStage(job).run()
        for check in report.checks {
            console.line(
                "  \(Figures.padded(check.outcome == .notApplicable ? "n/a" : check.outcome.rawValue, 5)) \(Figures.padded(check.id, 9)) \(check.detail)"
            )
        }
        let packet = try await seal(.connection(report, job))
        try console.result([
            "stage": "connect", "outcome": .string(packet.draft.outcome.rawValue),
            "evidence": .integer(packet.sequence), "facts": .object(packet.draft.facts),
        ])
        guard report.passes else { throw ExitStatusOnly(status: .blocked) }
    }
}

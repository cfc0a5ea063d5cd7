import Foundation
import SlipwayCutover
import SlipwayDomain
import SlipwayStore

/// Carries out stages of one cutover, says what came of them, and drafts what they leave as evidence.
struct StageRunner: Sendable {
    let job: CutoverJob
    /// The manifest's path, for what to do next.
    let file: String
    /// Where lists that are too long for the terminal go.
    let folder: String
    let evidence: EvidenceLog
    let console: Console
    /// Hears how far a stage is, beside the terminal.
    let report: @Sendable (RunProgress) -> Void
    /// What of the journey the cutover belongs to its evidence is bound to.
    let binding: @Sendable () async throws -> StageBinding

    var scope: String { job.manifest.name }

    func perform(_ stage: CutoverStage) async throws -> StageResult {
        switch stage {
        case .connect: try await connect()
        case .preflight: try await preflight()
        case .dryRun: try await dryRun()
        case .copy(let batch, let restart): try await copy(batch: batch, restart: restart)
        case .verify(let limit): try await verify(limit: limit)
        case .drill: try await drill()
        case .wiring: try await wiring()
        }
    }

    /// The `n/m` line of the newest packet of a kind for this very manifest.
    func counter(_ kind: PacketKind, _ key: String, none: String) async throws -> String {
        guard let packet = try await latest(kind) else { return none }
        return packet.draft.lines.first { $0.key == key }?.value ?? none
    }

    /// The newest packet of a kind, if it is about this manifest as it is now.
    func latest(_ kind: PacketKind) async throws -> Packet? {
        guard let packet = try await evidence.latest(kind, scope: scope)?.packet else { return nil }
        return packet.draft.facts["manifestDigest"]?.stringValue == job.manifestDigest.description ? packet : nil
    }

    /// Throws unless a passed preflight saw the source as it is now.
    func requirePreflight() async throws {
        guard let packet = try await latest(.migrationPreflight) else {
            throw CutoverError.blocked(
                "no preflight of this manifest yet: run `slipway cutover preflight -f \(file)`")
        }
        guard packet.draft.outcome == .pass else {
            throw CutoverError.blocked(
                "the preflight found hazards: resolve them in the manifest, then run `slipway cutover preflight -f \(file)`"
            )
        }
        let now = try SourceFingerprint(of: job.sourcePath).text
        guard packet.draft.facts["sourceFingerprint"]?.stringValue == now else { throw CutoverError.sourceChanged }
    }

    func bar(total: Int? = nil) -> ProgressBar {
        ProgressBar(total: total, isJSON: console.isJSON || console.isSilent, report: report)
    }

    /// Rows the last preflight counted, for a progress bar with an end.
    func knownRows() async throws -> Int? {
        try await latest(.migrationPreflight)?.draft.facts["rows"]?.integerValue.map(Int.init)
    }
}

import Foundation
import SlipwayCutover
import SlipwayDomain
import SlipwayStore

/// Runs stages of one cutover, seals what they leave, and says what came of it.
struct StageRunner {
    let job: CutoverJob
    let options: CutoverOptions
    let evidence: EvidenceLog
    let console: Console

    init(_ options: CutoverOptions, console: Console) async throws {
        self.options = options
        self.console = console
        job = try options.job()
        evidence = try await DataDirectory(options.data).evidence()
    }

    var scope: String { job.manifest.name }

    /// connect to verify; stops at the first stage that does not pass.
    func runAll(batch: BatchSize) async throws {
        try await connect()
        try await preflight()
        try await dryRun()
        try await copy(batch: batch, restart: false)
        try await verify(limit: 100)
    }

    /// Seals a stage's packet and prints its short form.
    @discardableResult
    func seal(_ draft: PacketDraft) async throws -> Packet {
        let packet = try await evidence.seal(draft).packet
        console.line("  sealed \(draft.kind.rawValue) as evidence \(packet.sequence), \(packet.digest.short)")
        return packet
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
                "no preflight of this manifest yet: run `slipway cutover preflight -f \(options.file)`")
        }
        guard packet.draft.outcome == .pass else {
            throw CutoverError.blocked(
                "the preflight found hazards: resolve them in the manifest, then run `slipway cutover preflight -f \(options.file)`"
            )
        }
        let now = try SourceFingerprint(of: job.sourcePath).text
        guard packet.draft.facts["sourceFingerprint"]?.stringValue == now else { throw CutoverError.sourceChanged }
    }

    func bar(total: Int? = nil) -> ProgressBar {
        ProgressBar(total: total, isJSON: console.isJSON)
    }

    /// Rows the last preflight counted, for a progress bar with an end.
    func knownRows() async throws -> Int? {
        try await latest(.migrationPreflight)?.draft.facts["rows"]?.integerValue.map(Int.init)
    }
}

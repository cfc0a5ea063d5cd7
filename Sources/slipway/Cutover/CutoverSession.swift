import Foundation
import SlipwayCutover
import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwayStore

/// Starts stages of one cutover through the gate, carries them out in this process, and follows their runs.
struct CutoverSession {
    let installation: Installation
    private let options: CutoverOptions
    private let job: CutoverJob
    private let console: Console

    init(_ options: CutoverOptions, _ console: Console) async throws {
        self.options = options
        self.console = console
        job = try CutoverJob(reading: options.file, target: options.target, data: options.data.data)
        installation = try await Installation(options.data)
    }

    /// connect to verify; stops at the first stage that does not pass.
    func runAll(batch: BatchSize) async throws {
        for stage in [.connect, .preflight, .dryRun, .copy(batch, restart: false), .verify(limit: 100)]
            as [CutoverStage]
        {
            try await carryOut(stage)
        }
    }

    func runner(report: @escaping @Sendable (RunProgress) -> Void = { _ in }) -> StageRunner {
        let (installation, job) = (installation, job)
        return StageRunner(
            job: job, file: options.file, folder: options.data.data, evidence: installation.evidence, console: console,
            report: report, binding: { try await installation.binding(of: job.manifest.name) })
    }

    /// Puts the stage to the gate and stays until it is over. A stage of this cutover that lost its process is ended
    /// first.
    func carryOut(_ stage: CutoverStage) async throws {
        let desk = StageDesk()
        let runner = { @Sendable (call: AdapterCall) in self.runner(report: call.report) }
        let adapters = CutoverAdapter(runner: runner, finished: { await desk.put($0) }).forAllStages
        let gate = installation.gate(served: Set(adapters.keys))
        for _ in 0..<3 {
            let answer = try await gate.start(request(stage))
            switch answer.decision {
            case .accepted, .deduped:
                guard let run = answer.run else { return }
                return try await finish(run, desk, adapters)
            case .blocked(let blockers): throw refusal(blockers)
            case .scopeBusy(let holds):
                guard let holder = holds.first?.holder else { return }
                try await continueInterrupted(holder, desk, adapters)
            }
        }
        throw CommandFailure(
            status: .busy, description: "others keep starting stages of \(job.manifest.name): try again")
    }

    private func request(_ stage: CutoverStage) -> StartRequest {
        var target = stage.fields
        target["cutover"] = job.manifest.name
        target["manifest"] = job.manifestDigest.description
        target["file"] = URL(fileURLWithPath: options.file).path
        guard let operation = installation.registry[stage.operation] else {
            preconditionFailure("every stage is a bundled operation, \(stage.operation) too")
        }
        return StartRequest(
            operation: operation, workspace: installation.workspace, target: target, surface: "cli",
            initiator: installation.context().actor)
    }

    private func refusal(_ blockers: [Blocker]) -> CommandFailure {
        let words = blockers.map { blocker in
            guard let stage = blocker.detail.flatMap(PacketKind.init).flatMap(Self.stage) else {
                return blocker.reason.sentence
            }
            return "no passed \(stage) of this manifest yet: run `slipway cutover \(stage) -f \(options.file)`"
        }
        return CommandFailure(status: .blocked, description: words.joined(separator: "; "))
    }

    /// The stage that leaves a kind of packet.
    private static func stage(_ kind: PacketKind) -> String? {
        switch kind {
        case .adapterConnection: "connect"
        case .migrationPreflight: "preflight"
        case .adapterDryRun: "dry-run"
        default: nil
        }
    }

    /// Ends a run that stands in the way when its process is gone; throws when somebody is at it.
    private func continueInterrupted(
        _ holder: ActiveRun, _ desk: StageDesk, _ adapters: [String: any Adapter]
    ) async throws {
        try await installation.rescueHere()
        let run = try await RunQueries(installation.database).detail(holder.id, installation.context()).run
        guard run.status != .running else {
            let progress = run.progress.map { ", \(RunLines.text(of: $0))" } ?? ""
            throw CommandFailure(
                status: .busy,
                description: "run \(run.id) (\(run.type)) works on \(job.manifest.name) since "
                    + "\(holder.since.rfc3339)\(progress): wait for it, or `slipway runs cancel \(run.id)`")
        }
        guard run.status == .queued else { return }
        console.line("\(run.type) was interrupted: finishing run \(run.id) first")
        try await finish(run.id, desk, adapters)
    }

    private func finish(
        _ id: ID<OperationRun>, _ desk: StageDesk, _ adapters: [String: any Adapter]
    ) async throws {
        let run = try await installation.carryOut(id, adapters)
        guard let outcome = await desk.take() else {
            // Another process had it; all there is to say is what the run says.
            console.line(RunLines.line(run))
            try console.result(["run": .integer(run.id.number), "outcome": .string(run.machine.outcome.rawValue)])
            if let status = ExitStatus(outcomeOf: run) { throw ExitStatusOnly(status: status) }
            return
        }
        let result = try outcome.get()
        var json = result.json
        json["run"] = .integer(run.id.number)
        for (index, draft) in result.packets.enumerated() {
            guard let packet = try await installation.evidence.latest(draft.kind, scope: draft.scope)?.packet else {
                continue
            }
            console.line("  sealed \(draft.kind.rawValue) as evidence \(packet.sequence), \(packet.digest.short)")
            if index == 0 { json["evidence"] = .integer(packet.sequence) }
        }
        try console.result(.object(json))
        if let failure = result.failure { throw ExitStatusOnly(status: ExitStatus(reason: failure)) }
        // The stage passed, and yet its run did not: whatever wrote the end of it says why.
        if let status = ExitStatus(outcomeOf: run) {
            throw CommandFailure(status: status, description: "run \(run.id) ended as \(run.machine.outcome.rawValue)")
        }
    }
}

/// Where a stage that was carried out in this process leaves what it came to.
private actor StageDesk {
    private var outcome: Result<StageResult, any Error>?

    func put(_ outcome: Result<StageResult, any Error>) {
        self.outcome = outcome
    }

    func take() -> Result<StageResult, any Error>? {
        defer { outcome = nil }
        return outcome
    }
}

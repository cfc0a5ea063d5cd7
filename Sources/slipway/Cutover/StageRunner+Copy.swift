import Foundation
import SlipwayCutover
import SlipwayDomain

extension StageRunner {
    func dryRun() async throws -> StageResult {
        console.line("dry-run    the whole cutover in one transaction that is rolled back")
        try await requirePreflight()
        let bar = bar(total: try await knownRows().map { $0 * 2 })
        let report = try await DryRunStage(job, progress: bar.progress, clock: SystemClock()).run()
        bar.finish()
        show(report.verification, tables: false)
        console.line(
            "  catalogue \(report.leftNothing ? "unchanged" : "CHANGED"): \(report.catalogueBefore.short) before, \(report.catalogueAfter.short) after"
        )
        console.line(
            "  expect \(Figures.duration(report.copySeconds)) for the copy and \(Figures.duration(report.verifySeconds)) for the verification"
        )
        let frozen = report.passes ? try await freeze(report) : nil
        let draft = PacketDraft.dryRun(report, frozen, job)
        return StageResult(
            packets: [draft],
            json: [
                "stage": "dry-run", "outcome": .string(draft.outcome.rawValue), "facts": .object(draft.facts),
            ], failure: draft.outcome == .pass ? nil : .verificationFailed)
    }

    /// Keeps what was rehearsed as the place to come back to.
    private func freeze(_ report: DryRunReport) async throws -> FrozenSource {
        let checkpoint = try SourceCheckpoint.make(
            of: job, as: report.fingerprint, in: URL(fileURLWithPath: folder).appending(path: "checkpoints"))
        console.line("  checkpoint \(checkpoint.path)")
        return FrozenSource(checkpoint: checkpoint, actors: try await binding().actors)
    }

    func copy(batch: BatchSize, restart: Bool) async throws -> StageResult {
        console.line("copy       into schema \(job.manifest.target.schema)")
        try await requirePreflight()
        let bar = bar(total: try await knownRows())
        let clock = ContinuousClock()
        let start = clock.now
        let report = try await CopyStage(job, batch: batch, restart: restart, progress: bar.progress).run()
        bar.finish()
        let seconds = (clock.now - start) / .seconds(1)
        let how = report.resumed ? "continued an earlier copy" : "copied"
        console.line(
            "  \(how): \(Figures.count(report.rows, "row")) in \(Figures.count(report.tables.count, "table")), keys and foreign keys built, in \(Figures.duration(seconds))"
        )
        return StageResult(json: [
            "stage": "copy", "rows": .integer(Int64(report.rows)), "resumed": .bool(report.resumed),
            "seconds": .double(seconds),
            "tables": .array(
                report.tables.map {
                    [
                        "table": .string($0.table), "rows": .integer(Int64($0.rows)),
                        "batches": .integer(Int64($0.batches)),
                    ]
                }),
        ])
    }

    func verify(limit: Int) async throws -> StageResult {
        console.line(
            "verify     both sides read anew, the target as \(job.manifest.target.applicationRole), tenant by tenant")
        let bar = bar(total: try await knownRows().map { $0 * 2 })
        let report = try await VerifyStage(job, limit: limit, progress: bar.progress).run()
        bar.finish()
        show(report)
        let earlier = EarlierStages(
            connection: try await counter(.adapterConnection, "connection", none: "0/4"),
            dryRun: try await counter(.adapterDryRun, "dry_run", none: "0/5"),
            preflightPassed: try await latest(.migrationPreflight)?.draft.outcome == .pass)
        let draft = PacketDraft.dataCutover(report, job, earlier)
        return StageResult(
            packets: [draft],
            json: ["stage": "verify", "outcome": .string(draft.outcome.rawValue), "facts": report.facts],
            failure: report.holds ? nil : .verificationFailed)
    }

    private func show(_ report: VerifyReport, tables: Bool = true) {
        for (source, target) in zip(report.source, report.target) where tables || source.digest != target.digest {
            let mark = source.digest == target.digest ? "=" : "≠"
            let tenants = target.tenantNames.filter { !$0.text.isEmpty }.count
            console.line(
                "  \(Figures.padded(source.table, 22)) \(Figures.right(Figures.count(source.rows), 11)) rows  \(source.digest.short) \(mark) \(target.digest.short)  \(Figures.count(tenants, "tenant"))"
            )
        }
        for difference in report.differences { console.line("  differs: \(difference.description)") }
        for leak in report.leaks { console.line("  LEAK: \(leak)") }
        console.line("  source \(report.sourceDigest)")
        console.line(
            "  target \(report.targetDigest)  \(report.sourceDigest == report.targetDigest ? "equal" : "DIFFERENT")")
        if report.leaks.isEmpty {
            console.line(
                "  no tenant saw a foreign row; tries to change, delete or give away rows across tenants failed")
        }
    }
}

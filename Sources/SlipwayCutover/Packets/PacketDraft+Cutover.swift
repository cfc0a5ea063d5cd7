package import SlipwayDomain

/// What the stages before a verification came to, as its packet repeats it.
package struct EarlierStages: Sendable {
    package var connection: String
    package var dryRun: String
    package var preflightPassed: Bool

    package init(connection: String, dryRun: String, preflightPassed: Bool) {
        self.connection = connection
        self.dryRun = dryRun
        self.preflightPassed = preflightPassed
    }
}

extension PacketDraft {
    /// The cutover's own packet: batch by batch, both sides' rows and the digest they share.
    package static func dataCutover(_ report: VerifyReport, _ job: CutoverJob, _ earlier: EarlierStages) -> PacketDraft
    {
        let batches = BatchGroup.allCases.map { BatchOutcome($0, report, job.manifest) }
        let parity = batches.filter(\.isEqual).count
        let dryRunPassed = earlier.dryRun == "5/5"
        let steps = [true, earlier.preflightPassed, earlier.connection == "4/4" && dryRunPassed, report.holds]
        let lines = [
            PacketLine("target", job.manifest.target.schema), PacketLine("session", job.manifest.name),
            PacketLine("snapshot_schema", job.manifest.source.schemaDigest),
            PacketLine("snapshot_checksum", report.sourceDigest.description),
            PacketLine("snapshot_rows", String(report.rows)),
            PacketLine("batch_rows", String(batches.reduce(0) { $0 + $1.targetRows })),
            PacketLine("batches", "\(parity)/\(batches.count)"),
            PacketLine("steps", "\(steps.filter { $0 }.count)/5"), PacketLine("connection", earlier.connection),
            PacketLine("dry_run", earlier.dryRun),
            PacketLine("runbook_decision", earlier.preflightPassed ? "RUNBOOK_READY" : "BLOCKED_PENDING_PREFLIGHT"),
            PacketLine("release_decision", dryRunPassed ? "BLOCKED_PENDING_OWNER_EVIDENCE" : "BLOCKED_PENDING_DRY_RUN"),
            PacketLine("rollback_decision", dryRunPassed ? "BLOCKED_PENDING_RELEASE" : "BLOCKED_PENDING_DRY_RUN"),
            PacketLine("data_decision", report.holds ? "DATA_VERIFIED" : "DATA_DIFFERS"),
            // The rollback seal is the fifth step and not part of a copy: this is never a go by itself.
            PacketLine("cutover_decision", "BLOCKED_PENDING_DATA_CUTOVER"),
        ]
        return PacketDraft(
            kind: .dataCutoverPlan, scope: job.manifest.name, outcome: report.holds ? .pass : .fail,
            subjects: job.subjects + job.snapshot(report.sourceDigest),
            facts: job.facts(["batches": .array(batches.map(\.facts)), "verification": report.facts]), lines: lines)
    }
}

/// One of the four batches, both sides.
struct BatchOutcome {
    let group: BatchGroup
    let sourceRows: Int
    let targetRows: Int
    let isEqual: Bool

    init(_ group: BatchGroup, _ report: VerifyReport, _ manifest: Manifest) {
        self.group = group
        let tables = Set(manifest.included.filter { $0.group == group }.map(\.source))
        let pairs = zip(report.source, report.target).filter { tables.contains($0.0.table) }
        sourceRows = pairs.reduce(0) { $0 + $1.0.rows }
        targetRows = pairs.reduce(0) { $0 + $1.1.rows }
        isEqual = pairs.allSatisfy { $0.0.digest == $0.1.digest }
    }

    var facts: JSONValue {
        [
            "batch": .string(group.rawValue), "sourceRows": .integer(Int64(sourceRows)),
            "targetRows": .integer(Int64(targetRows)), "difference": .integer(Int64(targetRows - sourceRows)),
            "equal": .bool(isEqual),
        ]
    }
}

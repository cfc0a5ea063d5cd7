package import SlipwayDomain

/// What each stage leaves as evidence. Facts carry every number; lines are the short form, in the order the
/// field's reviewers know them.
extension PacketDraft {
    package static func connection(_ report: ConnectReport, _ job: CutoverJob) -> PacketDraft {
        let passed = report.checks.filter { $0.outcome != .fail }.count
        return PacketDraft(
            kind: .adapterConnection, scope: job.manifest.name, outcome: report.passes ? .pass : .fail,
            subjects: job.subjects,
            facts: job.facts([
                "endpoint": .string(report.endpoint), "hostSHA256": .string(report.hostDigest.hex),
                "server": .string(report.server), "checks": .array(report.checks.map(\.facts)),
                "certificate": report.fingerprint.map(JSONValue.string) ?? .null,
                "certificateDaysLeft": report.certificateDaysLeft.map { .integer(Int64($0)) } ?? .null,
            ]),
            lines: [
                PacketLine("target", job.manifest.target.schema), PacketLine("session", job.manifest.name),
                PacketLine("endpoint", report.endpoint),
                PacketLine("endpoint_fingerprint", report.fingerprint ?? "not_encrypted_local"),
                PacketLine("connection", "\(passed)/\(report.checks.count)"),
            ])
    }

    package static func preflight(_ report: PreflightReport, _ job: CutoverJob, dryRun: String, connection: String)
        -> PacketDraft
    {
        PacketDraft(
            kind: .migrationPreflight, scope: job.manifest.name, outcome: report.passes ? .pass : .fail,
            subjects: job.subjects + job.snapshot(report.snapshotDigest),
            facts: job.facts([
                "sourceFingerprint": .string(report.fingerprint), "rows": .integer(Int64(report.rows)),
                "hazards": .array(report.hazards.map(\.facts)),
                "repaired": .array(
                    report.repaired.map {
                        [
                            "table": .string($0.table), "column": .string($0.column),
                            "values": .integer(Int64($0.values)),
                        ]
                    }),
                "tables": .array((report.digests ?? []).map(\.facts)),
            ]),
            lines: [
                PacketLine("schema", job.manifest.source.schemaDigest),
                PacketLine("target", job.manifest.target.schema),
                PacketLine("session", job.manifest.name),
                PacketLine("checksum", report.snapshotDigest?.description ?? "not_taken_while_blocked"),
                PacketLine("rows", String(report.rows)), PacketLine("hazards", String(report.blocking.count)),
                PacketLine("notices", String(report.hazards.count - report.blocking.count)),
                PacketLine("adapter_contract", Manifest.version), PacketLine("dry_run", dryRun),
                PacketLine("connection", connection),
                PacketLine("preflight_decision", report.passes ? "PREFLIGHT_PASSED" : "BLOCKED_PENDING_PREFLIGHT"),
            ])
    }

    package static func runbook(_ text: String, _ report: PreflightReport, _ job: CutoverJob) -> PacketDraft {
        let digest = Digest(sha256Of: text.utf8)
        return PacketDraft(
            kind: .migrationRunbook, scope: job.manifest.name, outcome: report.passes ? .pass : .fail,
            subjects: job.subjects + [Subject(name: "runbook.sql", digest: digest)],
            facts: job.facts(["runbookSHA256": .string(digest.hex), "sql": .string(text)]),
            lines: [
                PacketLine("source", job.manifest.source.kind.rawValue),
                PacketLine("target", job.manifest.target.schema),
                PacketLine("session", job.manifest.name),
                PacketLine("checksum", report.snapshotDigest?.description ?? "not_taken_while_blocked"),
                PacketLine("rows", String(report.rows)), PacketLine("sql", digest.description),
                PacketLine("runbook_decision", report.passes ? "RUNBOOK_READY" : "BLOCKED_PENDING_PREFLIGHT"),
            ])
    }

    package static func dryRun(_ report: DryRunReport, _ frozen: FrozenSource?, _ job: CutoverJob) -> PacketDraft {
        let checks = report.checks(frozen)
        let passed = checks.count { $0.outcome == .pass }
        let snapshot = frozen?.snapshot ?? report.verification.sourceDigest
        return PacketDraft(
            kind: .adapterDryRun, scope: job.manifest.name, outcome: passed == checks.count ? .pass : .fail,
            subjects: job.subjects + job.snapshot(snapshot),
            facts: job.facts([
                "checks": .array(checks.map(\.facts)), "snapshot": .string(snapshot.description),
                "rows": .integer(Int64(report.verification.rows)),
                "batches": .array(
                    BatchGroup.allCases.map { BatchOutcome($0, report.verification, job.manifest).facts }),
                "checkpoint": frozen.map { $0.checkpoint.facts } ?? .null,
                "endpoint": .string(report.hostDigest.hex), "actors": frozen?.actors.map(JSONValue.string) ?? .null,
                "catalogueBefore": .string(report.catalogueBefore.description),
                "catalogueAfter": .string(report.catalogueAfter.description),
                "copySeconds": .double(report.copySeconds), "verifySeconds": .double(report.verifySeconds),
                "verification": report.verification.facts,
            ]),
            lines: [
                PacketLine("target", job.manifest.target.schema), PacketLine("session", job.manifest.name),
                PacketLine("checksum", snapshot.description),
                PacketLine("rows", String(report.verification.rows)),
                PacketLine("dry_run", "\(passed)/\(checks.count)"),
                PacketLine(
                    "dry_run_decision", passed == checks.count ? "DRY_RUN_PASSED" : "BLOCKED_PENDING_DRY_RUN"),
            ])
    }
}

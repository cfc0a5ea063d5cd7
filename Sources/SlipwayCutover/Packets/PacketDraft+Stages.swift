package import SlipwayDomain

/// What each stage leaves as evidence. Facts carry every number; lines are the short form, in the order the
/// field's reviewers know them.
extension PacketDraft {
    package static func connection(_ report: ConnectReport, _ job: CutoverJob) -> PacketDraft {
        let passed = report.checks.filter { $0.outcome != .fail }.count
        let checks = report.checks.map { check -> JSONValue in
            ["id": .string(check.id), "outcome": .string(check.outcome.rawValue), "detail": .string(check.detail)]
        }
        return PacketDraft(
            kind: .adapterConnection, scope: job.manifest.name, outcome: report.passes ? .pass : .fail,
            subjects: job.subjects,
            facts: job.facts([
                "endpoint": .string(report.endpoint), "hostSHA256": .string(report.hostDigest.hex),
                "server": .string(report.server), "checks": .array(checks),
                "certificate": report.fingerprint.map(JSONValue.string) ?? .null,
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

    package static func dryRun(_ report: DryRunReport, _ job: CutoverJob) -> PacketDraft {
        let checks: [(String, Bool)] = [
            ("export", report.verification.rows == report.copiedRows),
            ("schema", report.unmappedColumns == 0),
            ("claims", report.verification.leaks.isEmpty),
            ("transcript", report.verification.holds),
            ("checkpoint", report.leftNothing),
        ]
        let passed = checks.filter(\.1).count
        return PacketDraft(
            kind: .adapterDryRun, scope: job.manifest.name, outcome: report.passes ? .pass : .fail,
            subjects: job.subjects + job.snapshot(report.verification.sourceDigest),
            facts: job.facts([
                "checks": .object(Dictionary(uniqueKeysWithValues: checks.map { ($0.0, .bool($0.1)) })),
                "catalogueBefore": .string(report.catalogueBefore.description),
                "catalogueAfter": .string(report.catalogueAfter.description),
                "copySeconds": .double(report.copySeconds), "verifySeconds": .double(report.verifySeconds),
                "verification": report.verification.facts,
            ]),
            lines: [
                PacketLine("target", job.manifest.target.schema), PacketLine("session", job.manifest.name),
                PacketLine("checksum", report.verification.sourceDigest.description),
                PacketLine("rows", String(report.verification.rows)),
                PacketLine("dry_run", "\(passed)/\(checks.count)"),
                PacketLine("dry_run_decision", report.passes ? "DRY_RUN_PASSED" : "BLOCKED_PENDING_DRY_RUN"),
            ])
    }
}

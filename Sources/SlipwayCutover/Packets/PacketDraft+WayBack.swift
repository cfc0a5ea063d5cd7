package import SlipwayDomain

extension PacketDraft {
    /// What a drill of the way back leaves. `snapshot` is the one its dry run froze.
    package static func drill(_ report: DrillReport, snapshot: String, _ job: CutoverJob) -> PacketDraft {
        let check = ConnectionCheck(id: "storage", outcome: report.passes ? .pass : .fail, detail: report.detail)
        return PacketDraft(
            kind: .rollbackDrill, scope: job.manifest.name, outcome: report.passes ? .pass : .fail,
            subjects: job.subjects + job.snapshot(report.expected),
            facts: job.facts([
                "checks": .array([check.facts]), "snapshot": .string(snapshot),
                "expected": .string(report.expected.description),
                "restored": report.restored.map { .string($0.description) } ?? .null,
                "rows": .integer(Int64(report.rows)), "seconds": .double(report.seconds),
            ]),
            lines: [
                PacketLine("target", job.manifest.target.schema), PacketLine("session", job.manifest.name),
                PacketLine("checksum", snapshot), PacketLine("rows", String(report.rows)),
                PacketLine("restored", report.passes ? "equal" : "different"),
            ])
    }

    /// What a look at the wiring leaves. `accepted` names the infrastructure decisions it was made under.
    package static func wiring(_ report: WiringReport, accepted: String?, _ job: CutoverJob) -> PacketDraft {
        let passed = report.checks.count { $0.outcome == .pass }
        return PacketDraft(
            kind: .adapterWiring, scope: job.manifest.name, outcome: report.passes ? .pass : .fail,
            subjects: job.subjects,
            facts: job.facts([
                "checks": .array(report.checks.map(\.facts)), "endpoint": .string(report.hostDigest.hex),
                "certificate": report.fingerprint.map(JSONValue.string) ?? .null,
                "inPlace": .bool(report.isInPlace), "accepted": accepted.map(JSONValue.string) ?? .null,
            ]),
            lines: [
                PacketLine("target", job.manifest.target.schema), PacketLine("session", job.manifest.name),
                PacketLine("measured", report.isInPlace ? "in_place" : "rehearsed"),
                PacketLine("wiring", "\(passed)/\(report.checks.count)"),
            ])
    }
}

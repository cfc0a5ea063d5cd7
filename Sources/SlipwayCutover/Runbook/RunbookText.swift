/// The runbook as a reviewer reads it: the very statements the copy runs, with what lifts FORCE around those
/// that read rows.
package enum RunbookText {
    package static func text(of manifest: Manifest, sourceDigest: String?, rows: Int?) -> String {
        let names = TargetNames(manifest.target)
        var lines = [
            "-- ProductionAdapterMigrationRunbook.v1",
            "-- source=\(manifest.source.kind.rawValue)",
            "-- target=\(manifest.target.schema)",
            "-- session=\(manifest.name)",
            "-- schema_digest=\(manifest.source.schemaDigest)",
        ]
        if let sourceDigest { lines.append("-- checksum=\(sourceDigest)") }
        if let rows { lines.append("-- rows=\(rows)") }
        lines += [
            "--",
            "-- Slipway runs these statements itself, each step in one transaction with the record that it was done.",
            "-- Edit the manifest, not this file. Rows are loaded between the parts, by the owner role, with FORCE",
            "-- lifted only inside the loading transaction.",
            "",
            "-- Roles: made when they are missing and the login may make roles.",
        ]
        lines += Runbook.roles(names).map { "\($0.statement);" }
        let titles: [(RunbookStep.Phase, String)] = [
            (.structure, "Before the rows: tables under forced row-level security"),
            (.keys, "After a table's rows: its key and indexes"),
            (.relations, "After all rows: foreign keys, sequences, rights of the application role"),
        ]
        let steps = Runbook(manifest, names: names).steps
        for (phase, title) in titles {
            lines += ["", "-- \(title)"]
            for step in steps where step.phase == phase {
                lines += ["", "-- step: \(step.id.oneLine)"]
                lines += step.statements.map { "\($0);" }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension String {
    /// All in one line.
    var oneLine: String {
        split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

package import SlipwayDomain
package import SlipwaySQL

/// What a decision asks of the evidence.
package enum EvidenceReads {
    /// Whether the newest packet of a kind about a cutover, and about this very manifest of it, is a pass.
    package static func hasPassed(
        _ kind: PacketKind, for target: [String: String], in transaction: any Transaction
    ) throws -> Bool {
        guard let scope = target["cutover"], let manifest = target["manifest"] else { return false }
        let rows = try transaction.query(
            """
            SELECT sequence, envelope FROM evidence
            WHERE scope = \(scope) AND kind = \(kind.rawValue) ORDER BY sequence DESC LIMIT 1
            """)
        guard let row = rows.first else { return false }
        let draft = try EvidenceLog.entry(row).packet.draft
        return draft.outcome == .pass && draft.facts["manifestDigest"]?.stringValue == manifest
    }
}

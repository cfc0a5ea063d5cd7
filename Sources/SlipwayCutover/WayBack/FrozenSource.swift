package import SlipwayDomain

/// What a dry run froze of its source.
package struct FrozenSource: Sendable, Hashable {
    package let checkpoint: SourceCheckpoint
    /// The snapshot's own digest, where the source has snapshots; nil where the digest of its rows stands for it.
    package let snapshot: Digest?
    /// What names the actors and all they may do, where the source has actors.
    package let actors: String?

    package init(checkpoint: SourceCheckpoint, snapshot: Digest? = nil, actors: String? = nil) {
        self.checkpoint = checkpoint
        self.snapshot = snapshot
        self.actors = actors
    }
}

extension DryRunReport {
    /// The five things a dry run proves.
    func checks(_ frozen: FrozenSource?) -> [ConnectionCheck] {
        let rows = verification.rows
        let checkpoint = frozen.map { "\($0.checkpoint.bytes) bytes, \($0.checkpoint.digest.short)" }
        return [
            Self.check("export", rows == copiedRows, "\(rows) rows, frozen", "\(copiedRows) of \(rows) rows"),
            Self.check(
                "schema", unmappedColumns == 0, "no column without a place", "\(unmappedColumns) without a place"),
            Self.check(
                "claims", verification.leaks.isEmpty, "no tenant reached another's rows",
                verification.leaks.prefix(3).joined(separator: "; ")),
            Self.check(
                "transcript", verification.holds, "both sides read alike: \(verification.sourceDigest.short)",
                "the sides differ"),
            Self.check(
                "checkpoint", leftNothing && frozen != nil, "a checkpoint of \(checkpoint ?? "nothing")",
                leftNothing ? "no checkpoint was written" : "the target's catalogue changed"),
        ]
    }

    private static func check(_ id: String, _ holds: Bool, _ yes: String, _ no: String) -> ConnectionCheck {
        ConnectionCheck(id: id, outcome: holds ? .pass : .fail, detail: holds ? yes : no)
    }
}

import SlipwayDomain
import SlipwaySQL

extension Schema {
    static let evidence = Migration(
        "0001 evidence",
        [
            """
            CREATE TABLE evidence (
                sequence \(.key),
                kind TEXT NOT NULL,
                scope TEXT NOT NULL,
                outcome TEXT NOT NULL \(check: "outcome", among: PacketOutcome.self),
                digest TEXT NOT NULL,
                envelope TEXT NOT NULL,
                sealed_at BIGINT NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX evidence_digest_key ON evidence (digest)",
            "CREATE INDEX evidence_scope_kind_idx ON evidence (scope, kind, sequence)",
        ])
}

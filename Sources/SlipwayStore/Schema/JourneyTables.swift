import SlipwayDomain
import SlipwaySQL

extension Schema {
    /// Journeys, and what people decided in them. Decisions are added and never changed: a later one counts, not another
    /// version of an earlier one.
    static let journeys = Migration(
        "0011 journeys",
        [
            """
            CREATE TABLE journeys (
                id \(.key),
                workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
                name TEXT NOT NULL,
                from_environment TEXT NOT NULL \(check: "from_environment", among: JourneyEnvironment.self),
                to_environment TEXT NOT NULL \(check: "to_environment", among: JourneyEnvironment.self),
                cutover TEXT,
                manifest_file TEXT,
                people TEXT NOT NULL DEFAULT '{}',
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX journeys_name_key ON journeys (workspace_id, name)",
            """
            CREATE TABLE decisions (
                id \(.key),
                journey_id BIGINT NOT NULL REFERENCES journeys (id),
                subject TEXT NOT NULL \(check: "subject", among: DecisionSubject.self),
                verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'rejected', 'waived', 'withdrawn')),
                reason TEXT,
                until_at BIGINT,
                signer TEXT NOT NULL,
                role TEXT,
                means TEXT NOT NULL,
                fields TEXT NOT NULL,
                seen TEXT NOT NULL,
                decided_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX decisions_journey_idx ON decisions (journey_id, id)",
        ], postgres: journeyTables.flatMap(\.statements))

    static let journeyTables: [RowSecurity] = [
        RowSecurity("journeys", .workspace("workspace_id")),
        RowSecurity("decisions", .parent("journeys", by: "journey_id"), .adding()),
    ]
}

package import SlipwayDomain
package import SlipwaySQL

/// The decisions of journeys: added to, never changed.
package enum DecisionStore {
    private static let columns: SQL =
        "id, subject, verdict, reason, until_at, signer, role, means, fields, seen, decided_at"

    /// Oldest first.
    package static func all(of journey: ID<Journey>, _ transaction: any Transaction) throws -> [SignedDecision] {
        try transaction.query(
            "SELECT \(sql: columns) FROM decisions WHERE journey_id = \(journey) ORDER BY id"
        ).map(decision)
    }

    /// Those behind a number, oldest first.
    package static func page(
        of journey: ID<Journey>, after number: Int64, limit: Int, _ transaction: any Transaction
    ) throws -> [SignedDecision] {
        try transaction.query(
            """
            SELECT \(sql: columns) FROM decisions WHERE journey_id = \(journey) AND id > \(number)
            ORDER BY id LIMIT \(Int64(limit))
            """
        ).map(decision)
    }

    package static func add(
        _ decision: SignedDecision, to journey: ID<Journey>, _ transaction: any Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO decisions (id, journey_id, subject, verdict, reason, until_at, signer, role, means, fields, seen,
                decided_at)
            VALUES (\(decision.number), \(journey), \(decision.subject.rawValue), \(decision.verdict.name),
                \(decision.verdict.reason), \(decision.verdict.until), \(decision.signer.name), \(decision.signer.role),
                \(decision.means), \(try JSONValue.object(decision.fields.mapValues(JSONValue.string)).text()),
                \(decision.seen.description), \(decision.at))
            """)
    }

    private static func decision(_ row: Row) throws -> SignedDecision {
        let until = try row.momentIfAny("until_at")
        guard let seen = Digest(try row.text("seen")),
            let verdict = SignedDecision.Verdict(
                name: try row.text("verdict"), reason: try row.textIfAny("reason"), until: until)
        else { throw DatabaseError.misuse("decision \(try row.integer("id")) cannot be read: restore the database") }
        return SignedDecision(
            number: try row.id("id"), subject: try row.state("subject"), verdict: verdict,
            signer: Signer(name: try row.text("signer"), role: try row.textIfAny("role")),
            means: try row.text("means"),
            fields: (try row.json("fields").objectValue ?? [:]).compactMapValues(\.stringValue), seen: seen,
            at: try row.moment("decided_at"))
    }
}

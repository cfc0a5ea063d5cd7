package import SlipwayDomain
package import SlipwaySQL

/// What was decided under a caller's key.
package struct KeptStart: Sendable, Hashable {
    package let workspace: ID<Workspace>
    package let owner: String
    package let name: String
    /// The digest of what was asked, in words.
    package let fingerprint: String
    /// The decision's word on the wire, or why there was none.
    package let decision: String
    package let run: ID<OperationRun>?
    package let at: Timestamp

    package init(
        _ key: StartKey, in workspace: ID<Workspace>, decision: String, run: ID<OperationRun>?, at: Timestamp
    ) {
        self.workspace = workspace
        owner = key.owner
        name = key.name
        fingerprint = key.fingerprint.description
        self.decision = decision
        self.run = run
        self.at = at
    }

    fileprivate init(_ row: Row) throws {
        workspace = try row.id("workspace_id")
        owner = try row.text("owner")
        name = try row.text("name")
        fingerprint = try row.text("fingerprint")
        decision = try row.text("decision")
        run = try row.idIfAny("run_id")
        at = try row.moment("at")
    }

    package func stands(for key: StartKey, in workspace: ID<Workspace>) -> Bool {
        self.workspace == workspace && owner == key.owner && name == key.name
    }
}

/// The keys under which starts were decided, and what was.
package enum StartKeys {
    private static let columns: SQL = "name, owner, workspace_id, fingerprint, decision, run_id, at"

    /// What was decided under keys of these names, of whatever owner.
    package static func kept(named names: [String], in transaction: any Transaction) throws -> [KeptStart] {
        guard !names.isEmpty else { return [] }
        return try transaction.query(
            "SELECT \(sql: columns) FROM start_keys WHERE \(anyOf: names, in: "name")"
        ).map(KeptStart.init)
    }

    /// Keeps decisions. Throws `unique` when another has one of the keys by now.
    package static func keep(_ starts: [KeptStart], in transaction: any Transaction) throws {
        for part in starts.slices(for: transaction.dialect) {
            let rows: [[SQLValue]] = part.map { start in
                [
                    .text(start.name), .text(start.owner), start.workspace.sqlValue, .text(start.fingerprint),
                    .text(start.decision), start.run.sqlValue, start.at.sqlValue,
                ]
            }
            try transaction.execute(
                """
                INSERT INTO start_keys (\(sql: columns))
                SELECT column1, column2, column3, column4, column5, column6, column7
                FROM \(rows: rows, .text, .text, .integer, .text, .text, .integer, .integer)
                """)
        }
    }

    /// The last decision under any key of an owner.
    package static func last(
        of owner: String, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> KeptStart? {
        try transaction.query(
            """
            SELECT \(sql: columns) FROM start_keys WHERE owner = \(owner) AND workspace_id = \(workspace)
            ORDER BY at DESC LIMIT 1
            """
        ).first.map(KeptStart.init)
    }

    /// Forgets keys of callers from before one moment, and of schedules from before another.
    package static func forget(
        callersBefore: Timestamp, schedulesBefore: Timestamp, in transaction: any Transaction
    ) throws {
        try transaction.execute(
            """
            DELETE FROM start_keys WHERE at < \(schedulesBefore)
                OR (at < \(callersBefore) AND owner NOT LIKE 'schedule:%')
            """)
    }
}

package import SlipwayDomain
package import SlipwaySQL

/// An entry of the access log as its row has it.
package struct AccessEntryRecord: Sendable {
    package let id: ID<AccessEntry>
    package let record: AccessRecord
    /// Its place in the chain and the digest there; nil until it is given one.
    package let position: Int64?
    package let digest: String?
}

/// The log of decisions about access. Entries are written in the transaction of what they allow, by many at once; a
/// place in the chain is given to them after, by one at a time, in the order of their ids.
package enum AccessLog {
    /// An entry before it is written.
    package struct NewEntry: Sendable {
        package let number: Int64
        package let workspace: ID<Workspace>
        package let record: AccessRecord

        /// `number` is one of its own: of the run it allows, or minted.
        package init(number: Int64, workspace: ID<Workspace>, _ record: AccessRecord) {
            self.number = number
            self.workspace = workspace
            self.record = record
        }
    }

    /// Writes entries. When this fails the transaction cannot be committed, and nothing of what they allow happens.
    package static func add(
        _ entries: [NewEntry], _ transaction: any Transaction
    ) throws {
        let statements = entries.slices(for: transaction.dialect).map { part -> SQL in
            """
            INSERT INTO access_log (id, workspace_id, tenant_id, at, actor_kind, actor, means, action, resource, decision,
                reason, request_id, source)
            SELECT column1, column2, column3, column4, column5, column6, column7, column8, column9, column10, column11,
                column12, column13
            FROM \(rows: part.map(values), .integer, .integer, .integer, .integer, .text,
                .text, .text, .text, .text, .text, .text, .text, .text)
            """
        }
        try transaction.follow(with: statements)
    }

    /// Gives places in the chain to entries that have none, oldest first. Returns how many.
    package static func chain(
        limit: Int, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> Int {
        // Whoever comes second waits here, and then finds what the first has left.
        _ = try transaction.query("SELECT id FROM workspaces WHERE id = \(workspace)\(.forUpdate)")
        let open = try entries(
            "workspace_id = \(workspace) AND position IS NULL ORDER BY id LIMIT \(limit)", transaction)
        guard !open.isEmpty else { return 0 }
        let head = try head(of: workspace, transaction)
        var (position, digest) = (head?.position ?? 0, head?.digest ?? "")
        var rows: [[SQLValue]] = []
        for entry in open {
            position += 1
            digest = try entry.record.digest(at: position, in: workspace, after: digest)
            rows.append([entry.id.sqlValue, position.sqlValue, .text(digest)])
        }
        for part in rows.slices(for: transaction.dialect) {
            try transaction.execute(
                """
                UPDATE access_log SET position = v.column2, digest = v.column3
                FROM \(rows: Array(part), .integer, .integer, .text) WHERE id = v.column1
                """)
        }
        return open.count
    }

    /// The last place in the chain.
    package static func head(
        of workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> (position: Int64, digest: String)? {
        try transaction.query(
            """
            SELECT position, digest FROM access_log WHERE workspace_id = \(workspace) AND position IS NOT NULL
            ORDER BY position DESC LIMIT 1
            """
        ).first.map { row in (try row.integer("position"), try row.text("digest")) }
    }

    /// The chain from behind a position on, in its order.
    package static func chained(
        after position: Int64, limit: Int, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> [AccessEntryRecord] {
        try entries(
            "workspace_id = \(workspace) AND position IS NOT NULL AND position > \(position) ORDER BY position LIMIT \(limit)",
            transaction)
    }

    /// Entries, newest first, as far as the scope goes.
    package static func newest(
        _ scope: AccessScope, refusedOnly: Bool, before: ID<AccessEntry>?, limit: Int, _ transaction: any Transaction
    ) throws -> [AccessEntryRecord] {
        var condition = SQL.visible(to: scope)
        if refusedOnly { condition = condition + " AND decision = 'refused'" }
        if let before { condition = condition + " AND id < \(before)" }
        return try entries(condition + " ORDER BY id DESC LIMIT \(limit)", transaction)
    }

    private static func entries(
        _ condition: SQL, _ transaction: any Transaction
    ) throws -> [AccessEntryRecord] {
        try transaction.query(
            """
            SELECT id, tenant_id, at, actor_kind, actor, means, action, resource, decision, reason, request_id, source,
                position, digest
            FROM access_log WHERE \(sql: condition)
            """
        ).map { row in
            AccessEntryRecord(
                id: try row.id("id"), record: try AccessRecord(row), position: try row.value("position").integer,
                digest: try row.textIfAny("digest"))
        }
    }

    private static func values(_ entry: NewEntry) -> [SQLValue] {
        let record = entry.record
        return [
            entry.number.sqlValue, entry.workspace.sqlValue, record.tenant.sqlValue, record.at.sqlValue,
            .text(record.actor.kind.rawValue), .text(record.actor.name), .text(record.origin.means),
            .text(record.action), .text(record.resource), .text(record.decision.rawValue), record.reason.sqlValue,
            .text(record.origin.requestID), .text(record.origin.source),
        ]
    }
}

extension AccessRecord {
    fileprivate init(_ row: Row) throws {
        self.init(
            at: try row.moment("at"), tenant: try row.idIfAny("tenant_id"),
            actor: Initiator(kind: try row.state("actor_kind"), name: try row.text("actor")),
            origin: RequestOrigin(
                requestID: try row.text("request_id"), source: try row.text("source"), means: try row.text("means")),
            action: try row.text("action"), resource: try row.text("resource"), decision: try row.state("decision"),
            reason: try row.textIfAny("reason"))
    }
}

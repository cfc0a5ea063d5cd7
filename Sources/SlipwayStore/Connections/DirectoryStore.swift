package import SlipwayDomain
package import SlipwaySQL

/// What is kept of providers' directories.
package enum DirectoryStore {
    /// The copy's row, made when there is none.
    package static func copy(
        _ copy: DirectoryCopy, orNew id: ID<DirectoryCopy>, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> (id: ID<DirectoryCopy>, cursor: String?) {
        try transaction.execute(
            """
            INSERT INTO directory_copies (id, workspace_id, tenant_id, connection_id, collection, selection)
            VALUES (\(id), \(workspace), \(copy.tenant), \(copy.connection), \(copy.collection.rawValue), \(copy.selection))
            ON CONFLICT (connection_id, collection, selection) DO NOTHING
            """)
        guard let row = try row(of: copy, transaction) else { return (id, nil) }
        return (try row.id("id"), try row.textIfAny("cursor"))
    }

    private static func row(of copy: DirectoryCopy, _ transaction: any Transaction) throws -> Row? {
        try transaction.query(
            """
            SELECT id, cursor FROM directory_copies WHERE connection_id = \(copy.connection)
                AND collection = \(copy.collection.rawValue) AND selection = \(copy.selection)
            """
        ).first
    }

    /// Keeps a page: what it holds is there, what it says is gone is marked.
    package static func bring(
        _ page: DirectoryPage, to copy: ID<DirectoryCopy>, by run: ID<OperationRun>, at now: Timestamp,
        _ transaction: any Transaction
    ) throws {
        let rows: [[SQLValue]] = try page.objects.map { object in
            [
                copy.sqlValue, .text(object.id), .text(object.name), .text(try object.body.text()), run.sqlValue,
                now.sqlValue,
            ]
        }
        for part in rows.slices(for: transaction.dialect) {
            try transaction.execute(
                """
                INSERT INTO directory_objects (copy_id, external_id, name, body, run_id, seen_at, removed_at)
                SELECT column1, column2, column3, column4, column5, column6, NULL
                FROM \(rows: Array(part), .integer, .text, .text, .text, .integer, .integer) WHERE 1 = 1
                ON CONFLICT (copy_id, external_id) DO UPDATE SET name = excluded.name, body = excluded.body,
                    run_id = excluded.run_id, seen_at = excluded.seen_at, removed_at = NULL
                """)
        }
        if !page.removed.isEmpty {
            try transaction.execute(
                """
                UPDATE directory_objects SET removed_at = \(now), run_id = \(run)
                WHERE copy_id = \(copy) AND \(anyOf: page.removed, in: "external_id") AND removed_at IS NULL
                """)
        }
    }

    /// Ends a sync. When it was of the whole, what it did not bring is gone. Returns how many are there.
    package static func finish(
        _ copy: ID<DirectoryCopy>, cursor: String?, wasWhole: Bool, by run: ID<OperationRun>, at now: Timestamp,
        _ transaction: any Transaction
    ) throws -> Int {
        try transaction.execute(
            """
            UPDATE directory_copies SET cursor = \(cursor), run_id = \(run), finished_at = \(now) WHERE id = \(copy)
            """)
        if wasWhole {
            try transaction.execute(
                """
                UPDATE directory_objects SET removed_at = \(now)
                WHERE copy_id = \(copy) AND run_id <> \(run) AND removed_at IS NULL
                """)
        }
        let row = try transaction.query(
            "SELECT COUNT(*) AS present FROM directory_objects WHERE copy_id = \(copy) AND removed_at IS NULL"
        ).first
        return Int(try row?.integer("present") ?? 0)
    }

    /// What is there now, by id.
    package static func objects(
        of copy: DirectoryCopy, _ transaction: any Transaction
    ) throws -> [DirectoryObject] {
        guard let row = try row(of: copy, transaction) else { return [] }
        return try transaction.query(
            """
            SELECT external_id, name, body FROM directory_objects
            WHERE copy_id = \(try row.integer("id")) AND removed_at IS NULL ORDER BY external_id
            """
        ).map { row in
            DirectoryObject(id: try row.text("external_id"), name: try row.text("name"), body: try row.json("body"))
        }
    }
}

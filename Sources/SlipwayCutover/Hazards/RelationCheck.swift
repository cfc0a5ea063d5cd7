import SlipwaySQL
import SlipwaySQLite

/// Finds rows that break what the target will enforce between rows: keys, foreign keys, tenants.
struct RelationCheck {
    let manifest: Manifest
    let schema: SourceSchema
    let file: SQLiteFile

    func run(into collector: inout HazardCollector) throws {
        for table in manifest.included {
            guard let source = schema.table(table.source) else { continue }
            try duplicates(table, source, into: &collector)
            for key in table.foreignKeys where key.isEnforced {
                guard let parent = manifest.included.first(where: { $0.source == key.parent }) else { continue }
                try orphans(table, source, key, into: &collector)
                try crossings(table, source, parent, key, into: &collector)
            }
        }
    }

    /// Keys the source does not enforce itself: named by the manifest, or made equal by a repair.
    private func duplicates(
        _ table: TableMapping, _ source: SourceTable, into collector: inout HazardCollector
    ) throws {
        let own = table.carriesRowID || table.key.isEmpty ? [] : [table.key]
        for key in own + table.uniqueKeys {
            for column in key where !(table.column(column)?.repairs.isEmpty ?? true) {
                collector.add(
                    Hazard(
                        kind: .duplicateKey, table: table.source, column: column,
                        detail: "a repair on a key could make two rows one: repair the source instead"))
            }
            let enforced = ([source.primaryKey] + source.uniqueKeys).contains { Set($0) == Set(key) }
            if !enforced { try duplicates(of: key, in: table, into: &collector) }
        }
    }

    private func duplicates(of key: [String], in table: TableMapping, into collector: inout HazardCollector) throws {
        let list = key.map { "\(SQL.quoted($0)) COLLATE BINARY" }.joined(separator: ", ")
        let present = key.map { "\(SQL.quoted($0)) IS NOT NULL" }.joined(separator: " AND ")
        let cursor = try file.rows(
            "SELECT count(*), \(list) FROM \(SQL.quoted(table.source)) WHERE \(present) GROUP BY \(list) HAVING count(*) > 1"
        )
        while try cursor.next() {
            let text = key.enumerated().map { "\($0.element)=\(ValueShape.key(cursor.cell(Int32($0.offset + 1))))" }
            collector.add(
                Hazard(
                    kind: .duplicateKey, table: table.source, column: key[0], key: text.joined(separator: ", "),
                    detail: "\(cursor.integer(0)) rows"))
        }
    }

    private func orphans(
        _ table: TableMapping, _ source: SourceTable, _ key: ForeignKeyMapping, into collector: inout HazardCollector
    ) throws {
        let child = SQL.quoted(table.source)
        let present = key.columns.map { "c.\(SQL.quoted($0)) IS NOT NULL" }.joined(separator: " AND ")
        // Byte for byte, as PostgreSQL will compare, whatever collation the columns have here.
        let matches = zip(key.columns, key.parentColumns).map {
            "p.\(SQL.quoted($1)) = c.\(SQL.quoted($0)) COLLATE BINARY"
        }
        let sql = """
            SELECT \(name(of: source)) FROM \(child) AS c WHERE \(present) AND NOT EXISTS
            (SELECT 1 FROM \(SQL.quoted(key.parent)) AS p WHERE \(matches.joined(separator: " AND ")))
            """
        try report(sql, .orphan, table, source, key, into: &collector)
    }

    private func crossings(
        _ table: TableMapping, _ source: SourceTable, _ parent: TableMapping, _ key: ForeignKeyMapping,
        into collector: inout HazardCollector
    ) throws {
        guard case .column(let mine) = table.tenant, case .column(let theirs) = parent.tenant, !mine.isEmpty,
            !theirs.isEmpty,
            !key.columns.contains(mine)
        else { return }
        let matches = zip(key.columns, key.parentColumns).map {
            "p.\(SQL.quoted($1)) = c.\(SQL.quoted($0)) COLLATE BINARY"
        }
        let sql = """
            SELECT \(name(of: source)) FROM \(SQL.quoted(table.source)) AS c JOIN \(SQL.quoted(key.parent)) AS p
            ON \(matches.joined(separator: " AND ")) WHERE c.\(SQL.quoted(mine)) IS NOT p.\(SQL.quoted(theirs)) COLLATE BINARY
            """
        try report(sql, .crossTenant, table, source, key, into: &collector)
    }

    private func report(
        _ sql: String, _ kind: HazardClass, _ table: TableMapping, _ source: SourceTable, _ key: ForeignKeyMapping,
        into collector: inout HazardCollector
    ) throws {
        let cursor = try file.rows(sql)
        let name = RowName(source)
        while try cursor.next() {
            collector.add(
                Hazard(
                    kind: kind, table: table.source, column: key.columns.first, key: name.text(of: cursor),
                    detail: "(\(key.columns.joined(separator: ", "))) to \(key.parent)"))
        }
    }

    private func name(of source: SourceTable) -> String {
        RowName(source).terms.map { $0 == "NULL" ? $0 : "c.\($0)" }.joined(separator: ", ")
    }
}

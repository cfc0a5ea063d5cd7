import SlipwayDomain
import SlipwaySQL
import SlipwaySQLite

/// Reads a source's schema from its own catalogue.
struct SchemaReader {
    let file: SQLiteFile

    func schema() throws -> SourceSchema {
        var tables: [SourceTable] = []
        var virtual: [String] = []
        let list = try file.rows(
            """
            SELECT name, type, wr FROM pragma_table_list
            WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name COLLATE BINARY
            """)
        while try list.next() {
            let name = list.text(0) ?? ""
            switch list.text(1) {
            case "table": tables.append(try table(name, hasRowID: list.integer(2) == 0))
            case "virtual", "shadow": virtual.append(name)
            default: break
            }
        }
        try requireDistinct(tables.map(\.name), "tables")
        for table in tables { try requireDistinct(table.columns.map(\.name), "columns of \(table.name)") }
        return SourceSchema(
            tables: tables,
            views: try names("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name"),
            triggers: try names("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"),
            virtualTables: virtual, digest: try digest())
    }

    /// Names are told apart by what a reader sees: two that differ only in how an accent is encoded are refused.
    private func requireDistinct(_ names: [String], _ what: String) throws {
        guard let twins = Dictionary(grouping: names, by: { $0 }).values.first(where: { $0.count > 1 }) else { return }
        throw CutoverError.blocked(
            "two \(what) are both named \(twins[0]), and differ only in how the letters are encoded: rename one")
    }

    private func names(_ sql: String, _ binds: [SQLValue] = []) throws -> [String] {
        let cursor = try file.rows(sql, binds)
        var names: [String] = []
        while try cursor.next() { names.append(cursor.text(0) ?? "") }
        return names
    }

    private func digest() throws -> String {
        var builder = DigestBuilder()
        let sql =
            "SELECT type || char(31) || name || char(31) || tbl_name || char(31) || coalesce(sql, '') FROM sqlite_schema"
        for entry in try names(sql + " ORDER BY type, name COLLATE BINARY") {
            builder.update(Array(entry.utf8) + [0x1E])
        }
        return builder.finalize().description
    }

    private func table(_ name: String, hasRowID: Bool) throws -> SourceTable {
        let sql =
            try names("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", [.text(name)]).first ?? ""
        var table = SourceTable(
            name: name, columns: [], primaryKey: [], hasRowID: hasRowID,
            foreignKeys: try foreignKeys(of: name), uniqueKeys: [], indexes: [], unportableIndexes: [],
            hasChecks: SchemaText.mentionsCheck(sql), clausesLeft: SchemaText.clauses(of: sql),
            sequence: try sequence(of: name))
        try readColumns(into: &table)
        try readIndexes(into: &table)
        return table
    }

    private func readColumns(into table: inout SourceTable) throws {
        let cursor = try file.rows(
            "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?)", [.text(table.name)])
        var key: [(position: Int64, name: String)] = []
        while try cursor.next() {
            let name = cursor.text(0) ?? ""
            let collation = file.collation(of: name, in: table.name)
            let column = SourceColumn(
                name: name, declaredType: cursor.text(1) ?? "", isRequired: cursor.integer(2) != 0,
                defaultText: cursor.text(3), isGenerated: cursor.integer(5) >= 2,
                collation: collation == "BINARY" ? nil : collation, isDescendingKey: false
            )
            table.columns.append(column)
            if cursor.integer(4) > 0 { key.append((cursor.integer(4), name)) }
        }
        table.primaryKey = key.sorted { $0.position < $1.position }.map(\.name)
    }

    private func readIndexes(into table: inout SourceTable) throws {
        let list = try file.rows(
            "SELECT name, \"unique\", origin, partial FROM pragma_index_list(?) ORDER BY name", [.text(table.name)])
        while try list.next() {
            let name = list.text(0) ?? ""
            let (columns, isPlain) = try indexColumns(name, in: &table, isKey: list.text(2) == "pk")
            if list.text(2) == "pk" { continue }
            guard isPlain, list.integer(3) == 0 else {
                table.unportableIndexes.append(name)
                continue
            }
            if list.integer(1) != 0 {
                if !table.uniqueKeys.contains(columns) { table.uniqueKeys.append(columns) }
            } else if !table.indexes.contains(columns) {
                table.indexes.append(columns)
            }
        }
    }

    /// The columns of an index, and whether it is over nothing but columns compared byte by byte. The key's own
    /// index also tells its columns' collation and direction.
    private func indexColumns(
        _ index: String, in table: inout SourceTable, isKey: Bool
    ) throws -> (columns: [String], isPlain: Bool) {
        let cursor = try file.rows("SELECT name, coll, \"desc\", key, cid FROM pragma_index_xinfo(?)", [.text(index)])
        var columns: [String] = []
        var isPlain = true
        var directions: Set<Int64> = []
        while try cursor.next() {
            guard cursor.integer(3) != 0 else { continue }
            guard cursor.integer(4) >= 0, let name = cursor.text(0) else {
                isPlain = false
                continue
            }
            columns.append(name)
            directions.insert(cursor.integer(2))
            if let collation = cursor.text(1), collation.uppercased() != "BINARY" { isPlain = false }
            if isKey, cursor.integer(2) != 0, let at = table.columns.firstIndex(where: { $0.name == name }) {
                table.columns[at].isDescendingKey = true
            }
        }
        // An index in one direction is read both ways; one in two is not the same without them.
        if directions.count > 1 { table.clausesLeft.append("DESC in \(index)") }
        return (columns, isPlain)
    }

    private func foreignKeys(of table: String) throws -> [SourceForeignKey] {
        let cursor = try file.rows(
            """
            SELECT id, "table", "from", "to", on_delete, on_update FROM pragma_foreign_key_list(?) ORDER BY id, seq
            """, [.text(table)])
        var keys: [(id: Int64, key: SourceForeignKey)] = []
        while try cursor.next() {
            let id = cursor.integer(0)
            if keys.last?.id != id {
                let key = SourceForeignKey(
                    columns: [], parent: cursor.text(1) ?? "", parentColumns: [],
                    onDelete: cursor.text(4) ?? "NO ACTION", onUpdate: cursor.text(5) ?? "NO ACTION")
                keys.append((id, key))
            }
            keys[keys.count - 1].key.columns.append(cursor.text(2) ?? "")
            if let to = cursor.text(3) { keys[keys.count - 1].key.parentColumns.append(to) }
        }
        return keys.map(\.key)
    }

    private func sequence(of table: String) throws -> Int64? {
        guard try !names("SELECT name FROM sqlite_schema WHERE name = 'sqlite_sequence'").isEmpty else { return nil }
        let cursor = try file.rows("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", [.text(table)])
        guard try cursor.next(), case .integer(let value) = cursor.cell(0) else { return nil }
        return value
    }
}

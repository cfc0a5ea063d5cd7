import SlipwaySQL
import SlipwaySQLite

/// How one table is read: all its travelling columns, in the order of its key, from any point on.
struct TableScan {
    private enum Order {
        case rowID(String, label: String)
        case key([(name: String, term: String)])
    }

    let table: TableMapping
    private let order: Order

    /// Nil when the table has neither a rowid nor a key, which the preflight refuses.
    init?(_ table: TableMapping, in source: SourceTable) {
        self.table = table
        if let name = source.rowIDName {
            order = .rowID(name, label: source.rowIDLabel)
        } else if let alias = source.rowIDAlias {
            order = .rowID(SQL.quoted(alias), label: alias)
        } else if !source.primaryKey.isEmpty {
            order = .key(source.primaryKey.map { ($0, SQL.quoted($0)) })
        } else if !table.key.isEmpty, !table.carriesRowID {
            // A key that only the manifest names: unique byte for byte, whatever the columns' collations say.
            order = .key(table.key.map { ($0, "\(SQL.quoted($0)) COLLATE BINARY") })
        } else {
            return nil
        }
    }

    /// Values of the row itself start here in each result row; before them stands the rowid, if it orders.
    var firstValue: Int32 {
        if case .rowID = order { 1 } else { 0 }
    }

    /// The statement that reads everything behind a position, or everything.
    func cursor(in file: SQLiteFile, after position: [SQLValue] = []) throws -> SQLiteCursor {
        let columns = table.columns.map { SQL.quoted($0.source) }
        let from = SQL.quoted(table.source)
        switch order {
        case .rowID(let name, _):
            let start = position.isEmpty ? "" : "WHERE \(name) > ? "
            let list = ([name] + columns).joined(separator: ", ")
            return try file.rows("SELECT \(list) FROM \(from) \(start)ORDER BY \(name)", position)
        case .key(let key):
            let names = key.map(\.term).joined(separator: ", ")
            let marks = key.map { _ in "?" }.joined(separator: ", ")
            let start = position.isEmpty ? "" : "WHERE (\(names)) > (\(marks)) "
            return try file.rows(
                "SELECT \(columns.joined(separator: ", ")) FROM \(from) \(start)ORDER BY \(names)", position)
        }
    }

    /// Where the cursor stands, to continue behind it later.
    func position(of cursor: SQLiteCursor) -> [SQLValue] {
        switch order {
        case .rowID: return [.integer(cursor.integer(0))]
        case .key(let key):
            return key.map { part in
                let index = table.columns.firstIndex { $0.source == part.name } ?? 0
                return SQLValue(copying: cursor.cell(Int32(index)))
            }
        }
    }

    /// The row's name for a person: its number, or its key with all but the start hidden.
    func keyText(of cursor: SQLiteCursor) -> String {
        switch order {
        case .rowID(_, let label):
            return "\(label)=\(cursor.integer(0))"
        case .key(let key):
            return key.map { part in
                let index = table.columns.firstIndex { $0.source == part.name } ?? 0
                return "\(part.name)=\(ValueShape.key(cursor.cell(Int32(index))))"
            }.joined(separator: ", ")
        }
    }
}

extension SQLValue {
    /// Its own copy of a lent value; text that is not UTF-8 is kept as a blob.
    init(copying cell: CellValue) {
        switch cell {
        case .null: self = .null
        case .integer(let value): self = .integer(value)
        case .real(let value): self = .real(value)
        case .blob(let bytes): self = .blob(Array(bytes))
        case .text(let bytes):
            self = String(validating: bytes, as: UTF8.self).map(SQLValue.text) ?? .blob(Array(bytes))
        }
    }
}

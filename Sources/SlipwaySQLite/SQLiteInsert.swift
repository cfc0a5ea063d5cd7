import GRDBSQLite
import SlipwaySQL

/// One prepared INSERT and the rows it has taken; lives as long as one call of `SQLiteBulkWriter.insert`.
final class SQLiteInsert {
    private let handle: OpaquePointer
    private let statement: OpaquePointer
    private let table: String
    private let columns: [String]
    private var binding: SQLiteRowBinding
    private(set) var count = 0

    init(into table: String, columns: [String], on handle: OpaquePointer) throws {
        let names = columns.map(SQL.quoted).joined(separator: ", ")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let sql = "INSERT INTO \(SQL.quoted(table)) (\(names)) VALUES (\(marks))"
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
            throw SQLiteBulkFailure(attempt: "prepare \(sql)", on: handle)
        }
        self.handle = handle
        self.statement = statement
        self.table = table
        self.columns = columns
        binding = SQLiteRowBinding(to: statement)
    }

    deinit {
        sqlite3_finalize(statement)
    }

    func add(_ row: [SQLValue]) throws {
        guard row.count == columns.count else {
            throw SQLiteBulkFailure.rowWidth(table: table, expected: columns.count, found: row.count)
        }
        if let column = binding.bind(row) {
            throw SQLiteBulkFailure(attempt: "take \(columns[column]) of row \(count + 1) of \(table)", on: handle)
        }
        guard sqlite3_step(statement) == SQLITE_DONE else {
            throw SQLiteBulkFailure(attempt: "insert row \(count + 1) into \(table)", on: handle)
        }
        sqlite3_reset(statement)
        count += 1
    }
}

import GRDBSQLite
package import SlipwaySQL

/// The rows of one statement, one at a time. Values are lent until the next step.
package final class SQLiteCursor {
    private let statement: OpaquePointer
    private let file: SQLiteFile  // keeps the connection open while rows are read

    init(statement: OpaquePointer, file: SQLiteFile) {
        self.statement = statement
        self.file = file
    }

    deinit {
        sqlite3_finalize(statement)
    }

    /// Steps to the next row; false at the end.
    package func next() throws(DatabaseError) -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw file.failure()
        }
    }

    /// What is stored, uncopied: pointers in it are valid until the next step.
    package func cell(_ column: Int32) -> CellValue {
        // The value once instead of the column each time: connections are opened for one thread (NOMUTEX), where
        // SQLite makes no difference between protected values and these.
        let value = sqlite3_column_value(statement, column)
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: return .integer(sqlite3_value_int64(value))
        case SQLITE_FLOAT: return .real(sqlite3_value_double(value))
        case SQLITE_TEXT:
            let start = sqlite3_value_text(value)
            let count = Int(sqlite3_value_bytes(value))
            return .text(UnsafeRawBufferPointer(start: start, count: count))
        case SQLITE_BLOB:
            let start = sqlite3_value_blob(value)
            let count = Int(sqlite3_value_bytes(value))
            return .blob(UnsafeRawBufferPointer(start: start, count: count))
        default: return .null
        }
    }

    package func integer(_ column: Int32) -> Int64 {
        sqlite3_column_int64(statement, column)
    }

    /// The value as text, nil for NULL; bytes that are not UTF-8 are replaced, so this is for names, not data.
    package func text(_ column: Int32) -> String? {
        guard let start = sqlite3_column_text(statement, column) else { return nil }
        return String(cString: start)
    }

    func bind(_ value: SQLValue, at index: Int32) {
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let integer): sqlite3_bind_int64(statement, index, integer)
        case .real(let real): sqlite3_bind_double(statement, index, real)
        case .text(let text): sqlite3_bind_text(statement, index, text, Int32(text.utf8.count), transient)
        case .blob(let bytes): sqlite3_bind_blob64(statement, index, bytes, UInt64(bytes.count), transient)
        }
    }
}

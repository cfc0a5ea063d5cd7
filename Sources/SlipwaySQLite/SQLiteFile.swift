import GRDBSQLite
package import SlipwaySQL

/// A read-only connection to a database file somebody else made: one thread, raw values, byte for byte.
///
/// GRDB serves Slipway's own tables; here nothing may be converted on the way, so this speaks SQLite's C
/// interface and hands out what is stored. The file is never written.
package final class SQLiteFile {
    let handle: OpaquePointer
    package let path: String

    /// Opens the file and reads its header. Throws `misuse` when it is not a database or is encrypted,
    /// `conflict` when another process holds it, `unavailable` when it cannot be opened.
    package init(_ path: String) throws(DatabaseError) {
        self.path = path
        var opened: OpaquePointer?
        let status = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
        guard status == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw .unavailable("\(path) cannot be opened: \(String(cString: sqlite3_errstr(status)))")
        }
        handle = opened
        sqlite3_extended_result_codes(opened, 1)
        sqlite3_busy_timeout(opened, 2_000)
        try run("PRAGMA query_only = ON")
        try run("SELECT count(*) FROM sqlite_schema")
    }

    deinit {
        sqlite3_close_v2(handle)
    }

    /// Runs a statement for its effect on this connection, such as BEGIN.
    package func run(_ text: String) throws(DatabaseError) {
        let status = sqlite3_exec(handle, text, nil, nil, nil)
        guard status == SQLITE_OK else { throw failure() }
    }

    /// Runs the body on one snapshot: writers elsewhere are not seen until it returns.
    package func snapshot<Result>(_ body: () throws -> Result) throws -> Result {
        try run("BEGIN")
        defer { sqlite3_exec(handle, "COMMIT", nil, nil, nil) }
        try run("SELECT count(*) FROM sqlite_schema")  // a deferred BEGIN takes its snapshot at the first read
        return try body()
    }

    /// A cursor over a statement's rows, with values bound in order.
    package func rows(_ text: String, _ binds: [SQLValue] = []) throws(DatabaseError) -> SQLiteCursor {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, text, -1, &statement, nil) == SQLITE_OK, let statement else {
            throw failure()
        }
        let cursor = SQLiteCursor(statement: statement, file: self)
        for (index, bind) in binds.enumerated() { cursor.bind(bind, at: Int32(index + 1)) }
        return cursor
    }

    /// The collation a column is declared with; BINARY when none is.
    package func collation(of column: String, in table: String) -> String {
        var name: UnsafePointer<CChar>?
        let status = sqlite3_table_column_metadata(handle, "main", table, column, nil, &name, nil, nil, nil)
        guard status == SQLITE_OK, let name else { return "BINARY" }
        return String(cString: name).uppercased()
    }

    /// Changes whenever another connection commits to the file.
    package func dataVersion() throws(DatabaseError) -> Int64 {
        let cursor = try rows("PRAGMA data_version")
        return try cursor.next() ? cursor.integer(0) : 0
    }

    func failure() -> DatabaseError {
        let message = String(cString: sqlite3_errmsg(handle))
        switch sqlite3_errcode(handle) & 0xFF {
        case SQLITE_NOTADB:
            return .misuse("\(path) is not a SQLite database, or it is encrypted: decrypt it, or name the right file")
        case SQLITE_CORRUPT:
            return .misuse(
                "\(path) is damaged (\(message)): run `sqlite3 FILE .recover` into a new file and use that")
        case SQLITE_BUSY, SQLITE_LOCKED:
            return .conflict("\(path) is being written by another process: stop it, then run this again")
        case SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_PERM, SQLITE_READONLY:
            return .unavailable("\(path) cannot be read: \(message)")
        default:
            return .misuse("\(path): \(message)")
        }
    }
}

import GRDBSQLite

/// Why a file could not be filled.
package enum SQLiteBulkFailure: Error, Hashable, CustomStringConvertible {
    /// Something is already at the path; it was left as it is.
    case fileExists(String)
    case rowWidth(table: String, expected: Int, found: Int)
    case refused(attempt: String, message: String)
    case closed

    /// What SQLite says of its last refusal.
    init(attempt: String, on handle: OpaquePointer?) {
        self = .refused(
            attempt: attempt, message: handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory")
    }

    package var description: String {
        switch self {
        case .fileExists(let path): "\(path) exists already; it was left as it is"
        case .rowWidth(let table, let expected, let found):
            "a row for \(table) has \(found) values where \(expected) columns were named"
        case .refused(let attempt, let message): "SQLite refused to \(attempt): \(message)"
        case .closed: "the file is closed already"
        }
    }
}

import GRDBSQLite

/// A SQLite file read straight through its C interface: the least a reader can do.
final class SourceFile {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private var handle: OpaquePointer?

    init(_ path: String) throws {
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK else {
            throw failure()
        }
    }

    deinit {
        sqlite3_close_v2(handle)
    }

    /// Lends each row to the body as the statement that stands on it.
    func rows(_ sql: String, _ body: (OpaquePointer) throws -> Void) throws {
        var prepared: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &prepared, nil) == SQLITE_OK, let prepared else { throw failure() }
        defer { sqlite3_finalize(prepared) }
        while true {
            switch sqlite3_step(prepared) {
            case SQLITE_ROW: try body(prepared)
            case SQLITE_DONE: return
            default: throw failure()
            }
        }
    }

    private func failure() -> Failure {
        Failure(description: "SQLite: " + String(cString: sqlite3_errmsg(handle)))
    }
}

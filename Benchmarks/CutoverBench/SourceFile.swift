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

    func cursor(_ sql: String) throws -> Cursor {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw failure() }
        return Cursor(statement, of: self)
    }

    /// Lends each row to the body as the statement that stands on it.
    func rows(_ sql: String, _ body: (OpaquePointer) throws -> Void) throws {
        let cursor = try cursor(sql)
        while let row = try cursor.next() { try body(row) }
    }

    private func failure() -> Failure {
        Failure(description: "SQLite: " + String(cString: sqlite3_errmsg(handle)))
    }

    final class Cursor {
        private let statement: OpaquePointer
        private let file: SourceFile

        init(_ statement: OpaquePointer, of file: SourceFile) {
            self.statement = statement
            self.file = file
        }

        deinit {
            sqlite3_finalize(statement)
        }

        /// The statement, standing on the next row until the next call; nil after the last.
        func next() throws -> OpaquePointer? {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: statement
            case SQLITE_DONE: nil
            default: throw file.failure()
            }
        }
    }
}

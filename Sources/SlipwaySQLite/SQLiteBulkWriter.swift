import Foundation
import GRDBSQLite
package import SlipwaySQL

/// Fills a new SQLite file as fast as SQLite takes rows: one transaction, one prepared statement an insert, no
/// journal. The file is whole and on disk when `close` returns; a writer let go of before that removes it.
///
/// Foreign keys are not enforced while writing; `PRAGMA foreign_key_check` on the closed file says whether they
/// hold. Not for a file that anyone else has open.
package final class SQLiteBulkWriter {
    private let path: String
    private var handle: OpaquePointer?

    /// Makes the file and opens the transaction. Throws `fileExists`, and touches nothing, when something is there.
    package init(creating path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw SQLiteBulkFailure.fileExists(path) }
        self.path = path
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(path, &opened, flags, nil) == SQLITE_OK else {
            defer { sqlite3_close_v2(opened) }
            throw SQLiteBulkFailure(attempt: "make \(path)", on: opened)
        }
        handle = opened
        try execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = NORMAL; PRAGMA locking_mode = EXCLUSIVE")
        try execute("PRAGMA cache_size = -32768; BEGIN IMMEDIATE")
    }

    deinit {
        guard let handle else { return }
        sqlite3_close_v2(handle)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Runs statements whose rows nobody reads, inside the writer's transaction.
    package func execute(_ sql: String) throws {
        let handle = try opened()
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw SQLiteBulkFailure(attempt: "run \(sql)", on: handle)
        }
    }

    /// Inserts the rows in their order and returns how many they were. A row that SQLite refuses ends the insert
    /// with an error; what came before it stays in the open transaction.
    package func insert(into table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws -> Int {
        let insert = try begin(into: table, columns: columns)
        for row in rows { try insert.add(row) }
        return insert.count
    }

    /// Commits, writes everything to disk and lets the file go. Throws `closed` when called twice.
    package func close() throws {
        try execute("COMMIT")
        sqlite3_close_v2(handle)
        handle = nil
    }

    func begin(into table: String, columns: [String]) throws -> SQLiteInsert {
        try SQLiteInsert(into: table, columns: columns, on: opened())
    }

    private func opened() throws -> OpaquePointer {
        guard let handle else { throw SQLiteBulkFailure.closed }
        return handle
    }
}

import GRDBSQLite
package import SlipwaySQL

extension SQLiteFile {
    /// Writes what the connection's snapshot holds to a new file, page for page. Throws `unavailable` when the file cannot be
    /// written, and `full` when there is no room; what was written then has to be removed by the caller.
    package func backup(to destination: String) throws(DatabaseError) {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(destination, &opened, flags, nil) == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw .unavailable("\(destination) cannot be written")
        }
        defer { sqlite3_close_v2(opened) }
        guard let backup = sqlite3_backup_init(opened, "main", handle, "main") else {
            throw .unavailable("\(destination) cannot be written: \(String(cString: sqlite3_errmsg(opened)))")
        }
        let copied = sqlite3_backup_step(backup, -1)
        let finished = sqlite3_backup_finish(backup)
        guard copied == SQLITE_DONE, finished == SQLITE_OK else {
            let reason = String(cString: sqlite3_errstr(copied == SQLITE_DONE ? finished : copied))
            throw copied == SQLITE_FULL ? .full("\(destination): \(reason)") : .unavailable("\(destination): \(reason)")
        }
    }
}

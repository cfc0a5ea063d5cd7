import SlipwayPostgres
import SlipwaySQL

/// One process at a time works on a cutover: a lock of the server's that ends with the session.
enum CutoverLock {
    /// Takes the lock for the session. Waits a few seconds first: the session of a process that was just killed
    /// may not have ended yet.
    static func take(_ cutover: String, on connection: PostgresConnection) throws {
        if connection.serverVersion >= 140_000 { try connection.run("SET client_connection_check_interval = '500ms'") }
        try connection.run("SET lock_timeout = '10s'")
        do {
            _ = try connection.query("SELECT pg_advisory_lock(hashtextextended($1, 7))", [.text("slipway " + cutover)])
        } catch {
            guard case .conflict = error else { throw error }
            throw CutoverError.busy(try holder(cutover, on: connection))
        }
        try connection.run("SET lock_timeout = 0")
    }

    private static func holder(_ cutover: String, on connection: PostgresConnection) throws -> String {
        let result = try connection.query(
            """
            SELECT a.pid, a.application_name, to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ') FROM pg_locks l
            JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted
              AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended($1, 7)
            """, [.text("slipway " + cutover)])
        guard result.count > 0 else {
            return "another process works on the cutover \(cutover): wait for it, then run this again"
        }
        return "another process works on the cutover \(cutover) (\(result.text(0, 1) ?? "unknown"), server process "
            + "\(result.text(0, 0) ?? "?"), since \(result.text(0, 2) ?? "?")): wait for it, then run this again"
    }
}

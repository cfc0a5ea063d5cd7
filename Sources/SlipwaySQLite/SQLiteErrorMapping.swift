import GRDB
import SlipwaySQL

extension SlipwaySQL.DatabaseError {
    /// Names an SQLite failure as the rest of the house does. SQLite reports the columns of a unique index, so
    /// its name is looked up on the connection that failed.
    init(_ error: GRDB.DatabaseError, in connection: GRDB.Database?) {
        let message = error.message ?? "SQLite gave no message"
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            self = .unique(constraint: Self.uniqueName(message, in: connection))
        case .SQLITE_CONSTRAINT_FOREIGNKEY:
            self = .foreignKey(constraint: nil)
        case .SQLITE_CONSTRAINT_CHECK:
            self = .check(constraint: Self.subject(of: message))
        case .SQLITE_CONSTRAINT_NOTNULL:
            self = .notNull(column: Self.subject(of: message)?.split(separator: ".").last.map(String.init))
        default:
            self = Self.byPrimaryCode(error, message)
        }
    }

    private static func byPrimaryCode(_ error: GRDB.DatabaseError, _ message: String) -> SlipwaySQL.DatabaseError {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: .conflict("the database is held by another connection: \(message)")
        case .SQLITE_FULL: .full("no room left for the database: \(message)")
        case .SQLITE_CANTOPEN, .SQLITE_IOERR: .unavailable("the database cannot be reached: \(message)")
        case .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_READONLY: .denied(message)
        case .SQLITE_ERROR, .SQLITE_MISUSE, .SQLITE_RANGE, .SQLITE_MISMATCH: .misuse(message)
        default: .engine(code: "sqlite \(error.extendedResultCode.rawValue)", message: message)
        }
    }

    /// What stands behind the colon of "UNIQUE constraint failed: t.a, t.b".
    private static func subject(of message: String) -> String? {
        guard let colon = message.firstIndex(of: ":") else { return nil }
        return String(message[message.index(after: colon)...].drop { $0 == " " })
    }

    private static func uniqueName(_ message: String, in connection: GRDB.Database?) -> String {
        guard let subject = subject(of: message) else { return message }
        if subject.hasPrefix("index '") { return String(subject.dropFirst(7).dropLast()) }
        let paths = subject.split(separator: ",").map { part in part.drop { $0 == " " }.split(separator: ".") }
        guard let table = paths.first?.first.map(String.init), let connection else { return subject }
        let columns = paths.compactMap { $0.last.map(String.init) }
        let indexes = (try? connection.indexes(on: table)) ?? []
        let match = indexes.first { $0.isUnique && $0.columns == columns && !$0.name.hasPrefix("sqlite_autoindex") }
        return match?.name ?? "\(table)_pkey"
    }
}

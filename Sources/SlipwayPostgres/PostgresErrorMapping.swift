import CLibPQ
import SlipwaySQL

/// PostgreSQL's failures in the words of the house, by SQLSTATE class.
enum PostgresErrorMapping {
    private static let sqlstateField = Int32(UInt8(ascii: "C"))
    private static let constraintField = Int32(UInt8(ascii: "n"))
    private static let columnField = Int32(UInt8(ascii: "c"))
    private static let messageField = Int32(UInt8(ascii: "M"))
    private static let detailField = Int32(UInt8(ascii: "D"))

    static func answering(_ result: PostgresResult, on connection: OpaquePointer) -> DatabaseError {
        guard let state = result.diagnostic(sqlstateField) else {
            return .unavailable("the connection to PostgreSQL was lost: \(firstLine(of: connection))")
        }
        let main = result.diagnostic(messageField) ?? "PostgreSQL gave no message"
        let message = result.diagnostic(detailField).map { "\(main) (\($0))" } ?? main
        return named(state, message, result)
    }

    private static func named(_ state: String, _ message: String, _ result: PostgresResult) -> DatabaseError {
        switch state {
        case "23505": .unique(constraint: result.diagnostic(constraintField) ?? message)
        case "23503": .foreignKey(constraint: result.diagnostic(constraintField))
        case "23514": .check(constraint: result.diagnostic(constraintField))
        case "23502": .notNull(column: result.diagnostic(columnField))
        case "40001", "40P01", "55P03": .conflict(message)
        case "53100": .full("the target's disk is full: \(message)")
        case "42501", "28000", "28P01": .denied(message)
        case "25P03": .unavailable(message)
        case _ where state.hasPrefix("08") || state.hasPrefix("57P"): .unavailable(message)
        case _ where state.hasPrefix("42") || state.hasPrefix("22"): .misuse("\(message) [\(state)]")
        default: .engine(code: state, message: message)
        }
    }

    /// libpq gives only words for a failed connection; these are the ones it and the server use.
    static func connecting(_ message: String, to address: PostgresAddress) -> DatabaseError {
        let reason = message.split(separator: "\n").first.map(String.init) ?? message
        let place = address.redacted
        if reason.contains("password") || reason.contains("authentication failed") {
            return .denied(
                "\(place) refused the login; check the user, and the password in PGPASSWORD or ~/.pgpass: \(reason)")
        }
        if reason.contains("certificate") || reason.contains("SSL error") {
            return .denied("\(place) showed a certificate that is not trusted: \(reason)")
        }
        if reason.contains("role \"") || reason.contains("permission denied") || reason.contains("pg_hba") {
            return .denied("\(place) refused the login: \(reason)")
        }
        if reason.contains("invalid connection option") || reason.contains("invalid URI") {
            return .misuse("\(place) is not an address PostgreSQL's client can read: \(reason)")
        }
        if reason.contains("database \"") && reason.contains("does not exist") {
            return .unavailable("\(place) has no such database; create it or correct the address: \(reason)")
        }
        return .unavailable("\(place) cannot be reached; is the server running and the address right? \(reason)")
    }

    static func firstLine(of connection: OpaquePointer) -> String {
        let message = String(cString: PQerrorMessage(connection))
        return message.split(separator: "\n").first.map(String.init) ?? message
    }
}

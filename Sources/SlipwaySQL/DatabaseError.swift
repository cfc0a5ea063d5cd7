/// What can go wrong between a statement and an engine, named the same on both.
package enum DatabaseError: Error, Equatable {
    /// A unique index or primary key refused the row; the name is the index's, on both engines.
    case unique(constraint: String)
    case foreignKey(constraint: String?)
    case check(constraint: String?)
    case notNull(column: String?)
    /// Another transaction was in the way; the same transaction may succeed when it is tried again.
    case conflict(String)
    /// The engine cannot be reached or went away; what was not committed is not there.
    case unavailable(String)
    /// The engine refused the login or a right is missing.
    case denied(String)
    /// No room left where the engine writes.
    case full(String)
    /// The statement or a value is wrong: a fault of the caller.
    case misuse(String)
    /// Anything else, with the engine's own code and words.
    case engine(code: String, message: String)
}

extension DatabaseError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unique(let name): "a row with the same key exists (\(name))"
        case .foreignKey(let name): "a row it refers to is missing\(name.map { " (\($0))" } ?? "")"
        case .check(let name): "a value is outside what is allowed\(name.map { " (\($0))" } ?? "")"
        case .notNull(let column): "a value is missing\(column.map { " (\($0))" } ?? "")"
        case .conflict(let why), .unavailable(let why), .denied(let why), .full(let why), .misuse(let why): why
        case .engine(let code, let message): "\(message) [\(code)]"
        }
    }
}

/// The PostgreSQL types a column may become. docs/mapping.md says which SQLite values each one holds exactly.
package enum ColumnType: Hashable, Sendable {
    case smallint
    case integer
    case bigint
    case double
    case boolean
    case numeric(precision: Int?, scale: Int?)
    case text
    case bytea
    case date
    case timestamp
    case timestamptz
    case uuid
    case json

    /// As it stands in the manifest and in the runbook's SQL.
    package var sql: String {
        switch self {
        case .smallint: "smallint"
        case .integer: "integer"
        case .bigint: "bigint"
        case .double: "double precision"
        case .boolean: "boolean"
        case .numeric(let precision?, let scale): "numeric(\(precision),\(scale ?? 0))"
        case .numeric(nil, _): "numeric"
        case .text: "text"
        case .bytea: "bytea"
        case .date: "date"
        case .timestamp: "timestamp"
        case .timestamptz: "timestamptz"
        case .uuid: "uuid"
        case .json: "json"
        }
    }

    /// Whether the source's form is part of the mapping.
    var hasForms: Bool {
        switch self {
        case .numeric, .bytea: true
        default: false
        }
    }

    /// Whether a tenant may be of this type: what a setting names must have one text.
    var canNameTenant: Bool { [.text, .bigint, .integer, .smallint].contains(self) }

    /// Reads a manifest's type; nil when it is none of ours.
    package init?(manifest text: String) {
        let plain = text.lowercased().filter { $0 != " " }
        switch plain {
        case "smallint", "int2": self = .smallint
        case "integer", "int", "int4": self = .integer
        case "bigint", "int8": self = .bigint
        case "doubleprecision", "float8": self = .double
        case "boolean", "bool": self = .boolean
        case "numeric", "decimal": self = .numeric(precision: nil, scale: nil)
        case "text": self = .text
        case "bytea": self = .bytea
        case "date": self = .date
        case "timestamp", "timestampwithouttimezone": self = .timestamp
        case "timestamptz", "timestampwithtimezone": self = .timestamptz
        case "uuid": self = .uuid
        case "json": self = .json
        default:
            guard let limits = ColumnType.limits(of: plain) else { return nil }
            self = limits
        }
    }

    static let all = [
        "smallint", "integer", "bigint", "double precision", "boolean", "numeric", "numeric(p,s)", "text", "bytea",
        "date", "timestamp", "timestamptz", "uuid", "json",
    ]

    /// `numeric(p)` and `numeric(p,s)` within PostgreSQL's limits.
    private static func limits(of plain: String) -> ColumnType? {
        guard plain.hasSuffix(")"), let open = plain.firstIndex(of: "(") else { return nil }
        guard ["numeric", "decimal"].contains(plain[..<open]) else { return nil }
        let numbers = plain[plain.index(after: open)...].dropLast().split(separator: ",").map { Int($0) }
        guard let precision = numbers.first ?? nil, (1...1000).contains(precision), numbers.count <= 2 else {
            return nil
        }
        let scale = numbers.count == 2 ? numbers[1] : 0
        guard let scale, (0...precision).contains(scale) else { return nil }
        return .numeric(precision: precision, scale: scale)
    }
}

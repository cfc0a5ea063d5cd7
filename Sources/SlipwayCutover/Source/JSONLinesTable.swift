import Foundation
import SlipwaySQL
import SlipwaySQLite

/// One file of JSON Lines: what its columns are, learnt in a first pass, and its rows, read in a second.
struct JSONLinesTable {
    struct Column {
        var name: String
        var kinds: Set<JSONLine.Kind>

        /// How the column is kept: each way keeps every value apart from every other.
        var keeping: Keeping {
            let values = kinds.subtracting([.null])
            if values.isSubset(of: [.string]) { return .text }
            if values == [.bool] { return .bool }
            if values.isSubset(of: [.integer, .bigInteger]) { return .integer }
            if values.isSubset(of: [.integer, .real]) { return .number }
            if values.isSubset(of: [.integer, .bigInteger, .real, .decimal]) { return .decimal }
            return .json
        }
    }

    enum Keeping {
        case text
        case bool
        case integer
        case number
        /// Numbers beyond doubles, as they are written.
        case decimal
        /// Nested values, or a mix of kinds: each value as the JSON it is.
        case json

        /// A declaration that says what it is and makes SQLite keep values as they come.
        var declaration: String {
            switch self {
            case .text: "TEXT"
            case .bool: "BOOLEAN BLOB"
            case .integer: "INTEGER"
            case .number: "DOUBLE"
            case .decimal: "NUMERIC TEXT"
            case .json: "JSON BLOB"
            }
        }
    }

    let name: String
    let path: String
    private(set) var columns: [Column] = []
    private(set) var rows = 0
    private var keyedRows: [String: Int] = [:]

    /// Reads the file once; throws with the line's number for a line that is not a JSON object.
    init(path: String, name: String) throws {
        self.path = path
        self.name = name
        var places: [String: Int] = [:]
        try LineReader(path: path).forEach { number, line in
            guard let members = JSONLine.members(of: line) else {
                throw DatabaseError.misuse(
                    "\(path) line \(number) is not a JSON object with each key once: mend the line")
            }
            for member in members {
                let place = places[member.key] ?? columns.count
                if place == columns.count {
                    places[member.key] = place
                    columns.append(Column(name: member.key, kinds: []))
                }
                columns[place].kinds.insert(member.kind)
                if member.kind != .null { keyedRows[member.key, default: 0] += 1 }
            }
            rows += 1
        }
        guard !columns.isEmpty else {
            throw DatabaseError.misuse("\(path) has no rows, so its columns are unknown: remove it, or put a row in")
        }
    }

    /// The column that could be the key: `id`, `_id`, or the table's name and `_id`, present in every row.
    var key: String? {
        ["id", "_id", "\(name)_id"].first { name in
            guard let column = columns.first(where: { $0.name == name }), keyedRows[name] == rows else { return false }
            return column.keeping == .integer || column.keeping == .text
        }
    }

    /// Visits every row's values in the order of the columns.
    func forEachRow(_ body: ([SQLValue]) throws -> Void) throws {
        let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($0.element.name, $0.offset) })
        let keeping = columns.map(\.keeping)
        try LineReader(path: path).forEach { number, line in
            var values = [SQLValue](repeating: .null, count: columns.count)
            for member in JSONLine.members(of: line) ?? [] {
                guard let place = places[member.key] else {
                    throw DatabaseError.misuse("\(path) line \(number) changed while it was read")
                }
                guard let value = Self.value(member, keeping[place]) else {
                    throw DatabaseError.misuse(
                        "\(path) line \(number): \(member.key) has half a surrogate pair: mend the line")
                }
                values[place] = value
            }
            try body(values)
        }
    }

    private static func value(_ member: JSONLine.Member, _ keeping: Keeping) -> SQLValue? {
        let text = String(decoding: member.raw, as: UTF8.self)
        switch (keeping, member.kind) {
        case (.json, _): return .text(text)
        case (_, .null): return .null
        case (.bool, _): return .integer(text == "true" ? 1 : 0)
        case (.integer, _): return Int64(text).map(SQLValue.integer)
        case (.number, _): return Double(text).map(SQLValue.real)
        case (.decimal, _): return .text(text)
        default: return JSONLine.text(of: member.raw).map(SQLValue.text)
        }
    }
}

/// The lines of a file, one at a time; empty lines are passed over.
struct LineReader {
    let path: String

    func forEach(_ body: (_ number: Int, _ line: [UInt8]) throws -> Void) throws {
        guard let file = fopen(path, "rb") else { throw DatabaseError.unavailable("\(path) cannot be read") }
        defer { fclose(file) }
        var buffer: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(buffer) }
        var number = 0
        while true {
            let length = getline(&buffer, &capacity, file)
            guard length >= 0, let start = buffer else { break }
            number += 1
            let line = UnsafeRawBufferPointer(start: start, count: length)
            let content = line.last == 0x0A ? line.dropLast() : line[...]
            if content.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
            try body(number, Array(content))
        }
        guard ferror(file) == 0 else { throw DatabaseError.unavailable("\(path) cannot be read to its end") }
    }
}

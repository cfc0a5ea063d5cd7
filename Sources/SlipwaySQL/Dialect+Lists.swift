/// Many values in one statement. PostgreSQL takes them as arrays, so that the statement's text is the same for any
/// number of them; SQLite takes each for itself.
extension Dialect {
    func list(_ column: String, _ values: [SQLValue], _ binds: inout [SQLValue]) -> String {
        switch self {
        case .postgres:
            binds.append(.text(Self.array(values)))
            return "\(column) = ANY(\(placeholder(binds.count)))"
        case .sqlite:
            // Up to a power of two, so that lists of many lengths are few statements to prepare.
            let length = values.count <= 1 ? 1 : 1 << (Int.bitWidth - (values.count - 1).leadingZeroBitCount)
            let padded = values + Array(repeating: values.last ?? .null, count: length - values.count)
            return "\(column) IN (\(placeholders(padded, &binds)))"
        }
    }

    func table(_ rows: [[SQLValue]], _ types: [ColumnType], _ binds: inout [SQLValue]) -> String {
        switch self {
        case .postgres:
            var arrays: [String] = []
            for (column, type) in types.enumerated() {
                binds.append(.text(Self.array(rows.lazy.map { $0[column] })))
                arrays.append("CAST(\(placeholder(binds.count)) AS \(type == .integer ? "BIGINT" : "TEXT")[])")
            }
            let names = types.indices.map { "column\($0 + 1)" }.joined(separator: ", ")
            return "unnest(\(arrays.joined(separator: ", "))) AS v(\(names))"
        case .sqlite:
            let lists = rows.map { "(\(placeholders($0, &binds)))" }
            return "(VALUES \(lists.joined(separator: ", "))) AS v"
        }
    }

    private func placeholders(_ values: [SQLValue], _ binds: inout [SQLValue]) -> String {
        values.map { value in
            binds.append(value)
            return placeholder(binds.count)
        }.joined(separator: ", ")
    }

    /// An array as PostgreSQL reads it: `{1,NULL,"a \"quoted\" text"}`.
    private static func array(_ values: some Sequence<SQLValue>) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for value in values {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            switch value {
            case .null: bytes += "NULL".utf8
            case .integer(let integer): bytes += String(integer).utf8
            case .real(let real): bytes += real.description.utf8
            case .text(let text): appendQuoted(text, to: &bytes)
            case .blob: preconditionFailure("bytes are bound one by one")
            }
        }
        bytes.append(UInt8(ascii: "}"))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension Array {
    /// The elements as one statement takes them: all at once on PostgreSQL; on SQLite, which has a statement for each
    /// number of rows, in slices whose lengths are powers of two up to 64.
    package func slices(for dialect: Dialect) -> [ArraySlice<Element>] {
        if isEmpty { return [] }
        if dialect == .postgres { return [self[...]] }
        var slices: [ArraySlice<Element>] = []
        var rest = self[...]
        while !rest.isEmpty {
            let length = Swift.min(1 << (Int.bitWidth - 1 - rest.count.leadingZeroBitCount), 64)
            slices.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return slices
    }
}

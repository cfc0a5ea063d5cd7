/// One row of a result: values by column name, in the order of the statement.
package struct Row: Sendable {
    package let columns: [String]
    package let values: [SQLValue]

    package init(columns: [String], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value of a column; throws `misuse` when the statement has no such column.
    package func value(_ column: String) throws(DatabaseError) -> SQLValue {
        guard let index = columns.firstIndex(of: column) else {
            throw .misuse("the result has no column \(column); it has \(columns.joined(separator: ", "))")
        }
        return values[index]
    }

    package func integer(_ column: String) throws(DatabaseError) -> Int64 {
        guard case .integer(let value) = try value(column) else { throw mismatch(column, "an integer") }
        return value
    }

    package func text(_ column: String) throws(DatabaseError) -> String {
        guard case .text(let value) = try value(column) else { throw mismatch(column, "text") }
        return value
    }

    package func textIfAny(_ column: String) throws(DatabaseError) -> String? {
        switch try value(column) {
        case .null: nil
        case .text(let value): value
        default: throw mismatch(column, "text or null")
        }
    }

    package func blob(_ column: String) throws(DatabaseError) -> [UInt8] {
        guard case .blob(let value) = try value(column) else { throw mismatch(column, "bytes") }
        return value
    }

    private func mismatch(_ column: String, _ expected: String) -> DatabaseError {
        .misuse("column \(column) does not hold \(expected)")
    }
}

/// A column as it is declared in SQLite.
package struct ScenarioColumn: Hashable, Sendable {
    package let name: String
    package let declaration: String

    init(_ name: String, _ declaration: String) {
        self.name = name
        self.declaration = declaration
    }
}

/// One table of the scenario: what it is called, how it is made, and its rows.
package struct ScenarioTable: Sendable {
    package let name: String
    package let batch: BatchGroup
    package let columns: [ScenarioColumn]
    let constraints: [String]
    var isWithoutRowID = false
    /// Run after the rows are in.
    package let indexSQL: [String]
    package let rows: ScenarioRows

    package var columnNames: [String] { columns.map(\.name) }

    /// Makes the empty table. A table's parents come before it in `ScenarioGenerator.tables`.
    package var createSQL: String {
        let lines = columns.map { "\(Self.quoted($0.name)) \($0.declaration)" } + constraints
        let body = lines.map { "    \($0)" }.joined(separator: ",\n")
        return "CREATE TABLE \(name) (\n\(body)\n)" + (isWithoutRowID ? " WITHOUT ROWID" : "")
    }

    /// Quotes only a name that needs it, as people write their schemas.
    private static func quoted(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { $0 == 0x5F || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        return isPlain && name != "order" ? name : "\"\(name)\""
    }
}

/// The rows of a table, each made when it is asked for: memory does not grow with their number.
package struct ScenarioRows: RandomAccessCollection, Sendable {
    package let startIndex = 0
    package let endIndex: Int
    private let row: @Sendable (Int) -> [ScenarioValue]

    init(_ count: Int, row: @escaping @Sendable (Int) -> [ScenarioValue]) {
        endIndex = count
        self.row = row
    }

    package subscript(position: Int) -> [ScenarioValue] {
        precondition(indices.contains(position), "row \(position) of \(endIndex)")
        return row(position)
    }
}

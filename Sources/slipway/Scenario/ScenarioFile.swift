import SlipwayDomain
import SlipwaySQL
import SlipwaySQLite

/// What was written: each table with its rows, in the order of writing.
struct ScenarioSummary: Encodable {
    struct Table: Encodable {
        let name: String
        let batch: String
        let rows: Int
    }

    var tables: [Table] = []

    var rows: Int { tables.reduce(0) { $0 + $1.rows } }
}

/// Writes the scenario into a new SQLite file. Throws `SQLiteBulkFailure.fileExists`, and touches nothing, when
/// something is at the path; when it throws later, the file is removed. `progress` is told of every table as it
/// is finished, with the rows so far and the rows there will be.
@discardableResult
func writeScenario(
    _ generator: ScenarioGenerator, to path: String,
    progress: (_ table: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
) throws -> ScenarioSummary {
    let writer = try SQLiteBulkWriter(creating: path)
    let tables = generator.tables
    let total = generator.totalRows
    var summary = ScenarioSummary()
    for table in tables {
        try writer.execute(table.createSQL)
        let rows = table.rows.lazy.map { row in row.map(SQLValue.init) }
        let count = try writer.insert(into: table.name, columns: table.columnNames, rows: rows)
        for sql in table.indexSQL { try writer.execute(sql) }
        summary.tables.append(.init(name: table.name, batch: table.batch.rawValue, rows: count))
        progress(table.name, summary.rows, total)
    }
    for sql in generator.closingSQL { try writer.execute(sql) }
    try writer.close()
    return summary
}

extension SQLValue {
    fileprivate init(_ value: ScenarioValue) {
        switch value {
        case .null: self = .null
        case .integer(let integer): self = .integer(integer)
        case .real(let real): self = .real(real)
        case .text(let text): self = .text(text)
        }
    }
}

import ArgumentParser
import Foundation
import GRDBSQLite
import SlipwayPostgres

/// Counts what differs between the file and a database that some loader filled, by key: rows and doubles, bit for
/// bit. A `real` column is read as the double it would be to the application.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Count missing rows and altered doubles; print them with the totals.")

    @Option var source: String
    @Option var target: String
    @Option var schema = "public"

    func run() throws {
        let file = try SourceFile(source)
        let connection = try PostgresConnection(PostgresAddress(target))
        var result = Counts()
        for table in FixtureTable.all {
            let column = table.realColumn
            let values = try read(table.name, column, from: connection)
            try file.rows("SELECT id, \(column ?? "NULL") FROM \(table.name)") { row in
                result.rows += 1
                guard let arrived = values[sqlite3_column_int64(row, 0)] else {
                    result.missing += 1
                    return
                }
                guard column != nil else { return }
                result.doubles += 1
                if arrived != sqlite3_column_double(row, 1).bitPattern { result.altered += 1 }
            }
        }
        print("\(result.rows)\t\(result.missing)\t\(result.doubles)\t\(result.altered)")
    }

    private struct Counts {
        var rows = 0
        var missing = 0
        var doubles = 0
        var altered = 0
    }

    /// The bits of each key's double; zero where the table has none.
    private func read(
        _ table: String, _ column: String?, from connection: PostgresConnection
    ) throws -> [Int64: UInt64] {
        var values: [Int64: UInt64] = [:]
        let value = column.map { "\($0)::float8" } ?? "0::float8"
        try connection.run("SET extra_float_digits = 1")
        try connection.copyOut("COPY (SELECT id, \(value) FROM \(schema).\(table)) TO STDOUT") { line in
            let fields = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            guard fields.count == 2, let key = Int64(fields[0]), let number = Double(fields[1]) else {
                throw SourceFile.Failure(description: "\(table) has a row that cannot be read back")
            }
            values[key] = number.bitPattern
        }
        return values
    }
}

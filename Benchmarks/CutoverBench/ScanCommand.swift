import ArgumentParser
import GRDBSQLite

/// One pass over the file that fetches every value in its own storage class and looks at no byte of them: the
/// part of reading that no pipeline can leave out.
struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Read every value of the file once; print rows and bytes.")

    @Option var source: String

    func run() throws {
        let file = try SourceFile(source)
        var rows = 0
        var bytes = 0
        for table in FixtureTable.all {
            let width = Int32(table.columns.count)
            try file.rows("SELECT * FROM \(table.name)") { row in
                rows += 1
                for column in 0..<width { bytes += Self.fetch(row, column) }
            }
        }
        print("\(rows)\t\(bytes)")
    }

    private static func fetch(_ row: OpaquePointer, _ column: Int32) -> Int {
        switch sqlite3_column_type(row, column) {
        case SQLITE_INTEGER: sqlite3_column_int64(row, column) == .min ? 0 : 8
        case SQLITE_FLOAT: sqlite3_column_double(row, column).isNaN ? 0 : 8
        case SQLITE_TEXT: sqlite3_column_text(row, column) == nil ? 0 : Int(sqlite3_column_bytes(row, column))
        default: 0
        }
    }
}

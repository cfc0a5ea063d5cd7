import ArgumentParser
import Foundation
import GRDBSQLite

/// One table as PostgreSQL's COPY text, doubles in their shortest exact form: it fills the reference database that
/// the floor's binary files come from. It is not measured.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "export", abstract: "Print a table as COPY text.")

    @Option var source: String
    @Option var table: String

    func run() throws {
        guard let table = FixtureTable.all.first(where: { $0.name == table }) else {
            throw ValidationError("The fixture has no table \(table).")
        }
        let width = Int32(table.columns.count)
        var text = ""
        try SourceFile(source).rows("SELECT * FROM \(table.name)") { row in
            for column in 0..<width {
                text += column == 0 ? "" : "\t"
                text += Self.field(row, column)
            }
            text += "\n"
            if text.utf8.count > 1 << 20 { try Self.flush(&text) }
        }
        try Self.flush(&text)
    }

    private static func flush(_ text: inout String) throws {
        try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        text = ""
    }

    private static func field(_ row: OpaquePointer, _ column: Int32) -> String {
        switch sqlite3_column_type(row, column) {
        case SQLITE_INTEGER: String(sqlite3_column_int64(row, column))
        case SQLITE_FLOAT: sqlite3_column_double(row, column).description
        case SQLITE_TEXT:
            String(cString: sqlite3_column_text(row, column)).replacing("\\", with: "\\\\").replacing("\t", with: "\\t")
                .replacing("\n", with: "\\n")
        default: "\\N"
        }
    }
}

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
        var text: [UInt8] = []
        try SourceFile(source).rows("SELECT * FROM \(table.name)") { row in
            for column in 0..<width {
                if column > 0 { text.append(UInt8(ascii: "\t")) }
                Self.append(row, column, to: &text)
            }
            text.append(UInt8(ascii: "\n"))
            if text.count > 1 << 20 { try Self.flush(&text) }
        }
        try Self.flush(&text)
    }

    private static func flush(_ text: inout [UInt8]) throws {
        try FileHandle.standardOutput.write(contentsOf: Data(text))
        text.removeAll(keepingCapacity: true)
    }

    private static func append(_ row: OpaquePointer, _ column: Int32, to text: inout [UInt8]) {
        switch sqlite3_column_type(row, column) {
        case SQLITE_INTEGER: text += String(sqlite3_column_int64(row, column)).utf8
        case SQLITE_FLOAT: text += sqlite3_column_double(row, column).description.utf8
        case SQLITE_TEXT:
            let bytes = UnsafeBufferPointer(
                start: sqlite3_column_text(row, column), count: Int(sqlite3_column_bytes(row, column)))
            for byte in bytes {
                // The fixture has neither tabs nor line ends; JSON may have a backslash.
                if byte == UInt8(ascii: "\\") { text.append(byte) }
                text.append(byte)
            }
        default: text += "\\N".utf8
        }
    }
}

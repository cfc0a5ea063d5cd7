import ArgumentParser
import GRDBSQLite
import SlipwayPostgres

/// Counts what differs between the file and a database that some loader filled, by key: rows and doubles, bit for
/// bit. A `real` column is read as the double it would be to the application.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Print rows, rows that are missing, doubles, and doubles that were altered.")

    @Option var source: String
    @Option var target: String
    @Option var schema = "public"

    func run() throws {
        let file = try SourceFile(source)
        let connection = try PostgresConnection(PostgresAddress(target))
        var counts = Counts()
        for table in FixtureTable.all { try compare(table, file, connection, &counts) }
        print("\(counts.rows)\t\(counts.missing)\t\(counts.doubles)\t\(counts.altered)")
    }

    private struct Counts {
        var rows = 0
        var missing = 0
        var doubles = 0
        var altered = 0
    }

    /// Walks both sides together, in the order of their keys.
    private func compare(
        _ table: FixtureTable, _ file: SourceFile, _ connection: PostgresConnection, _ counts: inout Counts
    ) throws {
        let column = table.realColumn
        let expected = try file.cursor("SELECT id, \(column ?? "0.0") FROM \(table.name) ORDER BY id")
        var row = try expected.next()
        let arrived = "SELECT id::bigint, \(column ?? "0")::float8 FROM \(schema).\(table.name) ORDER BY id"
        try connection.copyOut("COPY (\(arrived)) TO STDOUT (FORMAT binary)") { message in
            guard let (key, bits) = try Self.pair(in: message) else { return }
            while let passed = row, sqlite3_column_int64(passed, 0) < key {
                counts.rows += 1
                counts.missing += 1
                row = try expected.next()
            }
            guard let match = row, sqlite3_column_int64(match, 0) == key else { return }
            counts.rows += 1
            if column != nil {
                counts.doubles += 1
                if sqlite3_column_double(match, 1).bitPattern != bits { counts.altered += 1 }
            }
            row = try expected.next()
        }
        while row != nil {
            counts.rows += 1
            counts.missing += 1
            row = try expected.next()
        }
    }

    /// The key and the double's bits. A row is a count of fields, then twice a length and eight bytes; the first
    /// may stand behind the header, and the trailer is no row.
    private static func pair(in message: UnsafeRawBufferPointer) throws -> (key: Int64, bits: UInt64)? {
        guard message.count > 19 else { return nil }
        let row = UnsafeRawBufferPointer(rebasing: message.suffix(26))
        guard row.count == 26, row.loadUnaligned(as: UInt16.self).bigEndian == 2 else {
            throw SourceFile.Failure(description: "a row came back without its key or its value")
        }
        let key = row.loadUnaligned(fromByteOffset: 6, as: UInt64.self).bigEndian
        return (Int64(bitPattern: key), row.loadUnaligned(fromByteOffset: 18, as: UInt64.self).bigEndian)
    }
}

import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite

@testable import SlipwayCutover

/// Compares source and target by a way that shares nothing with the copy: SQL on either side, and plain text.
///
/// Every row becomes a line on both sides; the sorted lines must be equal. A text is its bytes in hex, a double
/// its bits, an integer its digits; nothing of the codec is asked.
struct HazardCorpusArrival {
    let job: CutoverJob
    let isUTF16: Bool

    /// What did not arrive as it was, in words; empty when all did.
    func failures() async throws -> [String] {
        let session = PostgresSession(job.target)
        var failures: [String] = []
        for table in job.manifest.included {
            let source = try sourceLines(table)
            let target = try await session.run { try targetLines(table, on: $0) }
            if source.count != target.count {
                failures.append("\(table.source): \(source.count) rows in the source, \(target.count) in the target")
            }
            for (left, right) in zip(source, target) where left != right {
                failures.append("\(table.source): \(left.prefix(300)) became \(right.prefix(300))")
            }
        }
        return failures
    }

    private func sourceLines(_ table: TableMapping) throws -> [String] {
        let file = try SQLiteFile(job.sourcePath)
        let columns = table.columns.flatMap { column in
            let name = SQL.quoted(column.source)
            return ["typeof(\(name))", "hex(\(name))", "CAST(\(name) AS TEXT)", name]
        }
        let row = table.carriesRowID ? "rowid" : "0"
        let cursor = try file.rows(
            "SELECT \(([row] + columns).joined(separator: ", ")) FROM \(SQL.quoted(table.source))")
        var lines: [String] = []
        while try cursor.next() {
            let cells = table.columns.indices.map { index in
                cell(of: cursor, at: Int32(index * 4 + 1), isRepaired: table.columns[index].repairs == [.asText])
            }
            lines.append(([String(cursor.integer(0))] + cells).joined(separator: " | "))
        }
        return lines.sorted()
    }

    private func cell(of cursor: SQLiteCursor, at index: Int32, isRepaired: Bool) -> String {
        switch cursor.text(index) {
        case "integer":
            return isRepaired ? "text \(hex(cursor.text(index + 2)))" : "integer \(cursor.text(index + 2) ?? "")"
        case "real":
            guard case .real(let value) = cursor.cell(index + 3) else { return "no real" }
            return isRepaired ? "text \(hex(value.description))" : bits(of: value)
        case "text":
            guard isUTF16, case .text(let bytes) = cursor.cell(index + 3) else {
                return "text \(cursor.text(index + 1)?.lowercased() ?? "")"
            }
            return "text \(hex(bytes))"
        case "blob": return "\(isRepaired ? "text" : "blob") \(cursor.text(index + 1)?.lowercased() ?? "")"
        default: return "null"
        }
    }

    private func targetLines(_ table: TableMapping, on connection: PostgresConnection) throws -> [String] {
        let row = table.carriesRowID ? SQL.quoted(TableMapping.rowIDColumn) : "0"
        let columns = table.columns.map { column in "\(expression(column, SQL.quoted(column.target)))" }
        let name = "\(SQL.quoted(job.manifest.target.schema)).\(SQL.quoted(table.target))"
        // In slices: a SELECT has a limit on its columns, and a row of 200 columns is wanted too.
        let result = try connection.query("SELECT \(([row] + columns).joined(separator: ", ")) FROM \(name)")
        return (0..<result.count).map { row in
            let cells = (0...columns.count).map { column -> String in
                let text = result.text(row, column) ?? "null"
                return text.hasPrefix("numeric ") ? number(String(text.dropFirst(8))) : text
            }
            return cells.joined(separator: " | ")
        }.sorted()
    }

    /// SQL for a value as the line has it.
    private func expression(_ column: ColumnMapping, _ name: String) -> String {
        let textual = { (value: String) in "'text ' || encode(convert_to(\(value), 'UTF8'), 'hex')" }
        switch column.type {
        case .smallint, .integer, .bigint: return "'integer ' || \(name)::text"
        case .double: return "'real ' || encode(float8send(\(name)), 'hex')"
        case .boolean: return "'integer ' || \(name)::int::text"
        case .text, .json, .uuid: return textual("\(name)::text")
        case .bytea: return "'\(column.form == .blob ? "blob" : "text") ' || encode(\(name), 'hex')"
        case .numeric where column.form == .text: return textual("\(name)::text")
        case .numeric: return "'numeric ' || trim_scale(\(name))::text"
        case .date: return textual("to_char(\(name), 'YYYY-MM-DD')")
        case .timestamp: return textual(time(name, column.format))
        case .timestamptz: return textual(time("(\(name) AT TIME ZONE 'UTC')", column.format))
        }
    }

    private func time(_ name: String, _ format: TimestampFormat) -> String {
        var parts = ["to_char(\(name), 'YYYY-MM-DD')", "'\(String(UnicodeScalar(format.separator)))'"]
        parts.append("to_char(\(name), '\(format.hasSeconds ? "HH24:MI:SS" : "HH24:MI")')")
        if format.fraction > 0 { parts.append("'.' || left(to_char(\(name), 'US'), \(format.fraction))") }
        return (parts + ["'\(format.zone.rawValue)'"]).joined(separator: " || ")
    }

    /// A `numeric` from the source's numbers: integral ones were integers there, all others doubles.
    private func number(_ text: String) -> String {
        if Int64(text) != nil { return "integer \(text)" }
        return Double(text).map(bits) ?? "no number: \(text)"
    }

    private func bits(of value: Double) -> String {
        let digits = String(value.bitPattern, radix: 16)
        return "real " + String(repeating: "0", count: 16 - digits.count) + digits
    }

    private func hex(_ text: String?) -> String {
        Array((text ?? "").utf8).withUnsafeBytes(hex)
    }

    private func hex(_ bytes: UnsafeRawBufferPointer) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

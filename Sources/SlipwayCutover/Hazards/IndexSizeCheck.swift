import SlipwaySQL
import SlipwaySQLite

/// Finds values that an index of PostgreSQL would refuse: an entry must fit three times on a page.
struct IndexSizeCheck {
    /// What always fits, with room for the entry's header and a tenant's name; the server's own limit is 2,704
    /// bytes, and less where it cannot compress.
    static let limit = 2_600

    let file: SQLiteFile

    /// Reads the table again only when its widest values could be too much together.
    func run(
        _ table: TableMapping, _ source: SourceTable, widest: [String: Int], into collector: inout HazardCollector
    ) throws {
        let key = table.carriesRowID || table.key.isEmpty ? [] : [table.key]
        for columns in key + table.uniqueKeys + table.indexes {
            guard columns.reduce(0, { $0 + (widest[$1] ?? 0) }) > Self.limit else { continue }
            try report(columns, table, source, into: &collector)
        }
    }

    private func report(
        _ columns: [String], _ table: TableMapping, _ source: SourceTable, into collector: inout HazardCollector
    ) throws {
        let name = RowName(source)
        let list = (name.terms + columns.map(SQL.quoted)).joined(separator: ", ")
        let cursor = try file.rows("SELECT \(list) FROM \(SQL.quoted(table.source))")
        while try cursor.next() {
            let size = columns.indices.reduce(0) { $0 + cursor.cell(Int32(name.terms.count + $1)).size }
            guard size > Self.limit else { continue }
            collector.add(
                Hazard(
                    kind: .indexSize, table: table.source, column: columns.first, key: name.text(of: cursor),
                    value: "\(size) bytes", detail: "(\(columns.joined(separator: ", ")))"))
        }
    }
}

extension CellValue {
    /// Bytes of a text or blob; numbers count as nothing beside them.
    var size: Int {
        switch self {
        case .text(let bytes), .blob(let bytes): bytes.count
        default: 0
        }
    }
}

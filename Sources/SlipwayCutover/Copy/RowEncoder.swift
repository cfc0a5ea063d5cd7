import SlipwaySQLite

/// Writes rows of one table as tuples of PostgreSQL's binary COPY.
struct RowEncoder {
    static let header = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)
    static let trailer: [UInt8] = [0xFF, 0xFF]

    private let table: TableMapping
    private let scan: TableScan
    private let codecs: [ColumnCodec]
    private let repairers: [Repairer?]
    private let hasRepairs: Bool
    private let carriesRowID: Bool
    private let fields: Int16
    private let constant: [UInt8]?

    init(_ table: TableMapping, scan: TableScan) {
        self.table = table
        self.scan = scan
        codecs = table.columns.map(\.codec)
        repairers = table.columns.map { $0.repairs.isEmpty ? nil : Repairer() }
        hasRepairs = repairers.contains { $0 != nil }
        if case .constant(let value, _) = table.tenant { constant = Array(value.utf8) } else { constant = nil }
        carriesRowID = table.carriesRowID
        fields = Int16(table.columns.count + (carriesRowID ? 1 : 0) + (constant == nil ? 0 : 1))
    }

    /// Appends the row the cursor stands on; throws for a value that has no exact form in its column.
    func append(_ cursor: SQLiteCursor, to buffer: ByteBuffer) throws {
        buffer.append(bigEndian: fields)
        if let constant {
            buffer.append(bigEndian: Int32(constant.count))
            constant.withUnsafeBytes { buffer.append($0) }
        }
        if carriesRowID {
            buffer.append(bigEndian: Int32(8))
            buffer.append(bigEndian: cursor.integer(0))
        }
        for index in 0..<codecs.count {
            var cell = cursor.cell(scan.firstValue + Int32(index))
            if hasRepairs, let repairer = repairers[index] {
                cell = repairer.fitting(cell, table.columns[index]) ?? cell
            }
            guard codecs[index].encode(cell, to: buffer) else {
                throw CutoverError.unexpectedValue(
                    table: table.source, key: scan.keyText(of: cursor), column: table.columns[index].source)
            }
        }
    }
}

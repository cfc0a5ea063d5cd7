import SlipwaySQLite

/// Takes canonical bytes apart again, to say where two rows differ.
enum CanonicalCells {
    /// The cells of a row; what cannot be read ends the list.
    static func cells(of row: UnsafeRawBufferPointer) -> [CellValue] {
        var cells: [CellValue] = []
        var at = 0
        while at < row.count {
            let length: Int
            switch row[at] {
            case 0:
                cells.append(.null)
                length = 1
            case 1:
                cells.append(.integer(row.bigEndian(at + 1, as: Int64.self)))
                length = 9
            case 2:
                cells.append(.real(Double(bitPattern: row.bigEndian(at + 1, as: UInt64.self))))
                length = 9
            case let tag:
                let count = Int(row.bigEndian(at + 1, as: UInt32.self))
                let bytes = row.slice(at + 5, count)
                cells.append(tag == 3 ? .text(bytes) : .blob(bytes))
                length = 5 + count
            }
            at += length
        }
        return cells
    }
}

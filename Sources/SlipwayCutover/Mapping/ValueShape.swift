import SlipwaySQLite

/// What may be shown of a value: its class and size and at most its first two characters. Values are people's.
enum ValueShape {
    static func text(of cell: CellValue) -> String {
        switch cell {
        case .null: return "NULL"
        case .integer(let value): return "integer \(masked(String(value), keeping: 4))"
        case .real(let value):
            return value.isFinite ? "real \(masked(value.description, keeping: 4))" : "real \(value.description)"
        case .text(let bytes): return "text of \(bytes.count) bytes\(start(bytes))"
        case .blob(let bytes): return "blob of \(bytes.count) bytes"
        }
    }

    /// A key so far that its owner can find it: numbers whole, texts by their start and length.
    static func key(_ cell: CellValue) -> String {
        switch cell {
        case .integer(let value): String(value)
        default: text(of: cell)
        }
    }

    private static func masked(_ digits: String, keeping count: Int) -> String {
        digits.count <= count ? digits : "\(digits.prefix(count))… (\(digits.count) characters)"
    }

    private static func start(_ bytes: UnsafeRawBufferPointer) -> String {
        guard bytes.count > 4 else { return "" }
        let first = String(decoding: bytes.prefix(8), as: UTF8.self).unicodeScalars.prefix(2)
        return " «" + first.map { $0.properties.isAlphabetic || ("0"..."9").contains($0) ? String($0) : "·" }.joined()
            + "…»"
    }
}

import SlipwaySQLite

/// Says of one value whether it arrives bit-exact in a column, and if not, why.
final class CellJudge {
    private let field = ByteBuffer()
    private let scratch = ByteBuffer()

    /// PostgreSQL's largest field, less its header.
    static let largestField = 1_073_741_823 - 64

    /// The class of hazard, or nil when the value survives the journey there and back unchanged.
    func hazard(of cell: CellValue, in codec: ColumnCodec) -> HazardClass? {
        if let found = CellJudge.knownHazard(of: cell, in: codec) { return found }
        field.removeAll()
        scratch.removeAll()
        guard codec.encode(cell, to: field) else { return CellJudge.misfit(of: cell, in: codec.type) }
        if case .null = cell { return nil }
        let payload = field.bytes.slice(4, field.count - 4)
        guard let back = codec.decode(payload, scratch: scratch), back.isIdentical(to: cell) else {
            return CellJudge.misfit(of: cell, in: codec.type)
        }
        return nil
    }

    /// What encoding alone would not notice: PostgreSQL refuses these, or the source has damaged them already.
    private static func knownHazard(of cell: CellValue, in codec: ColumnCodec) -> HazardClass? {
        switch (cell, codec.type) {
        case (.text(let bytes), _) where bytes.count > largestField: .blobSize
        case (.blob(let bytes), _) where bytes.count > largestField: .blobSize
        case (.text(let bytes), .text): textHazard(bytes)
        case (.text(let bytes), .json): textHazard(bytes) ?? (JSONText(bytes).isValid ? nil : .json)
        case (.real(let value), .numeric) where !value.isFinite: .nonFinite
        case (.real(let value), .numeric) where (DecimalDigits(value)?.digits.count ?? 0) >= 16: .decimalRounded
        default: nil
        }
    }

    private static func textHazard(_ bytes: UnsafeRawBufferPointer) -> HazardClass? {
        if bytes.contains(0) { return .nul }
        return UTF8Text.isValid(bytes) ? nil : .invalidUTF8
    }

    /// Names the misfit by what the column is to hold and what is there instead.
    private static func misfit(of cell: CellValue, in type: ColumnType) -> HazardClass {
        switch (cell, type) {
        case (.real(let value), .bigint), (.real(let value), .integer), (.real(let value), .smallint):
            value.isFinite ? .storageClass : .nonFinite
        case (.integer, .smallint), (.integer, .integer): .integerRange
        case (.integer, .boolean): .boolean
        case (.text, .boolean): .boolean
        case (.real(let value), .numeric) where value.rounded() == value && value.magnitude < 1e18: .storageClass
        case (.integer, .numeric), (.real, .numeric): .decimalRange
        case (.text(let bytes), .numeric): DecimalDigits(bytes) == nil ? .storageClass : .decimalRange
        case (.text(let bytes), .timestamp), (.text(let bytes), .timestamptz): looksZoned(bytes) ? .zone : .date
        case (.text, .date): .date
        case (.text, .uuid): .uuid
        default: .storageClass
        }
    }

    /// A time with `Z` or an offset at its end.
    private static func looksZoned(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 17, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return false }
        let tail = bytes[16...]
        return tail.contains(UInt8(ascii: "Z")) || tail.contains(UInt8(ascii: "+")) || tail.contains(UInt8(ascii: "-"))
    }
}

enum UTF8Text {
    static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if bytes.allSatisfy({ $0 < 0x80 }) { return true }
        return String(validating: bytes, as: UTF8.self) != nil
    }
}

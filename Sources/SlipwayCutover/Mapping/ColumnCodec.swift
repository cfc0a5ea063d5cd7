import SlipwaySQLite

/// Writes a stored value as a field of PostgreSQL's binary COPY and reads it back.
///
/// The law that "bit-exact" means here: a value may travel only if `decode(encode(value))` is the same value in
/// class and in every bit. `CellJudge` holds every value to it before anything is copied.
package struct ColumnCodec: Hashable, Sendable {
    let type: ColumnType
    let form: ColumnMapping.Form
    let format: TimestampFormat

    /// Appends length and bytes; false, and nothing appended, when the type has no form for the value.
    @inline(__always)
    func encode(_ cell: CellValue, to buffer: ByteBuffer) -> Bool {
        switch (cell, type) {
        case (.null, _):
            buffer.append(bigEndian: Int32(-1))
            return true
        case (.integer(let value), .bigint):
            buffer.append(bigEndian: Int32(8))
            buffer.append(bigEndian: value)
            return true
        case (.real(let value), .double):
            buffer.append(bigEndian: Int32(8))
            buffer.append(bigEndian: value.bitPattern)
            return true
        case (.text(let bytes), .text), (.text(let bytes), .json), (.blob(let bytes), .bytea):
            guard type != .bytea || form == .blob else { return false }
            buffer.append(bigEndian: Int32(bytes.count))
            buffer.append(bytes)
            return true
        default:
            return encodeRarer(cell, to: buffer)
        }
    }

    private func encodeRarer(_ cell: CellValue, to buffer: ByteBuffer) -> Bool {
        let start = buffer.count
        buffer.append(bigEndian: Int32(0))
        guard appendPayload(cell, to: buffer) else {
            buffer.truncate(to: start)
            return false
        }
        buffer.patch(bigEndian: Int32(buffer.count - start - 4), at: start)
        return true
    }

    private func appendPayload(_ cell: CellValue, to buffer: ByteBuffer) -> Bool {
        switch (cell, type) {
        case (.integer(let value), .smallint):
            guard let small = Int16(exactly: value) else { return false }
            buffer.append(bigEndian: small)
        case (.integer(let value), .integer):
            guard let small = Int32(exactly: value) else { return false }
            buffer.append(bigEndian: small)
        case (.integer(let value), .boolean):
            guard value == 0 || value == 1 else { return false }
            buffer.append(UInt8(value))
        case (_, .numeric(let precision, let scale)):
            return appendNumeric(cell, precision, scale, to: buffer)
        case (.text(let bytes), .bytea):
            guard form == .text else { return false }
            buffer.append(bytes)
        case (.text(let bytes), .date):
            guard let days = CalendarDate.days(in: bytes) else { return false }
            buffer.append(bigEndian: Int32(days))
        case (.text(let bytes), .timestamp), (.text(let bytes), .timestamptz):
            guard let time = format.microseconds(in: bytes) else { return false }
            buffer.append(bigEndian: time)
        case (.text(let bytes), .uuid):
            return UUIDText.append(bytes, to: buffer)
        default:
            return false
        }
        return true
    }

    private func appendNumeric(_ cell: CellValue, _ precision: Int?, _ scale: Int?, to buffer: ByteBuffer) -> Bool {
        let digits: DecimalDigits?
        switch (cell, form) {
        case (.integer(let value), .number): digits = DecimalDigits(value)
        case (.real(let value), .number): digits = DecimalDigits(value)
        case (.text(let bytes), .text): digits = DecimalDigits(bytes)
        default: digits = nil
        }
        guard let digits else { return false }
        if let precision {
            let limit = scale ?? 0
            guard digits.scale <= limit, digits.integralDigits <= precision - limit else { return false }
        }
        guard digits.scale <= 16_383, digits.integralDigits <= 131_072 else { return false }
        NumericFormat.append(digits, scale: scale ?? digits.scale, to: buffer)
        return true
    }

    /// The source's value behind a field of the target; nil when the field is not of this type. Text made on
    /// the way stands in `scratch`. A value that the column's form could not have written comes out in another
    /// storage class, so that it equals nothing it could be mistaken for.
    @inline(__always)
    func decode(_ field: UnsafeRawBufferPointer, scratch: ByteBuffer) -> CellValue? {
        switch type {
        case .bigint: return field.count == 8 ? .integer(field.bigEndian(0, as: Int64.self)) : nil
        case .double:
            guard field.count == 8 else { return nil }
            return .real(Double(bitPattern: field.bigEndian(0, as: UInt64.self)))
        case .text, .json: return .text(field)
        case .bytea: return form == .blob ? .blob(field) : .text(field)
        default: return decodeRarer(field, scratch: scratch)
        }
    }

    private func decodeRarer(_ field: UnsafeRawBufferPointer, scratch: ByteBuffer) -> CellValue? {
        let start = scratch.count
        switch type {
        case .smallint: return field.count == 2 ? .integer(Int64(field.bigEndian(0, as: Int16.self))) : nil
        case .integer: return field.count == 4 ? .integer(Int64(field.bigEndian(0, as: Int32.self))) : nil
        case .boolean: return field.count == 1 ? .integer(Int64(field[0])) : nil
        case .numeric: return decodeNumeric(field, scratch: scratch)
        case .date:
            guard field.count == 4 else { return nil }
            let days = Int(field.bigEndian(0, as: Int32.self))
            guard CalendarDate.canWrite(days) else { return .integer(Int64(days)) }
            CalendarDate.append(days, to: scratch)
        case .timestamp, .timestamptz:
            guard field.count == 8 else { return nil }
            let time = field.bigEndian(0, as: Int64.self)
            guard format.canWrite(time) else { return .integer(time) }
            format.append(time, to: scratch)
        case .uuid:
            guard field.count == 16 else { return nil }
            UUIDText.append(uuid: field, to: scratch)
        default: return nil
        }
        return .text(scratch.bytes.slice(start, scratch.count - start))
    }

    private func decodeNumeric(_ field: UnsafeRawBufferPointer, scratch: ByteBuffer) -> CellValue? {
        guard let (digits, scale) = NumericFormat.value(of: field) else { return nil }
        if form == .text {
            let start = scratch.count
            scratch.append(utf8: digits.text(scale: scale))
            return .text(scratch.bytes.slice(start, scratch.count - start))
        }
        let text = digits.text()
        if let integer = Int64(text) { return .integer(integer) }
        if let double = Double(text), DecimalDigits(double) == digits { return .real(double) }
        // No number the source could have stored: shown as its digits, which equal no number.
        let start = scratch.count
        scratch.append(utf8: text)
        return .text(scratch.bytes.slice(start, scratch.count - start))
    }
}

/// UUIDs in their canonical text: lower-case hex in five groups.
enum UUIDText {
    static func append(_ text: UnsafeRawBufferPointer, to buffer: ByteBuffer) -> Bool {
        guard text.count == 36 else { return false }
        var high: UInt8?
        for (index, byte) in text.enumerated() {
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard byte == UInt8(ascii: "-") else { return false }
                continue
            }
            let isDigit = byte >= 0x30 && byte <= 0x39
            guard isDigit || (byte >= 0x61 && byte <= 0x66) else { return false }
            let nibble = isDigit ? byte & 0x0F : byte - 0x57
            if let first = high {
                buffer.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        return true
    }

    static func append(uuid bytes: UnsafeRawBufferPointer, to buffer: ByteBuffer) {
        let hex = Array("0123456789abcdef".utf8)
        for (index, byte) in bytes.enumerated() {
            if index == 4 || index == 6 || index == 8 || index == 10 { buffer.append(UInt8(ascii: "-")) }
            buffer.append(hex[Int(byte >> 4)])
            buffer.append(hex[Int(byte & 0x0F)])
        }
    }
}

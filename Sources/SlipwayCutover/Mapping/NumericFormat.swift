/// PostgreSQL's binary `numeric`: base-10,000 digits with a weight, as `numeric_send` writes them.
enum NumericFormat {
    private static let negative: UInt16 = 0x4000
    private static let positive: UInt16 = 0x0000

    /// Appends the value with `scale` digits shown behind the point.
    static func append(_ value: DecimalDigits, scale: Int, to buffer: ByteBuffer) {
        var groups: [Int16] = []
        var weight = 0
        if !value.digits.isEmpty {
            // Align the decimal point to a group of four: pad in front and behind.
            let pointAt = value.digits.count + value.exponent
            let front = ((4 - pointAt % 4) % 4 + 4) % 4
            weight = Int((Double(pointAt) / 4).rounded(.up)) - 1
            var padded = Array(repeating: UInt8(0), count: front) + value.digits
            padded += Array(repeating: 0, count: (4 - padded.count % 4) % 4)
            for start in stride(from: 0, to: padded.count, by: 4) {
                groups.append(padded[start..<(start + 4)].reduce(0) { $0 * 10 + Int16($1) })
            }
            while groups.last == 0 { groups.removeLast() }
        }
        buffer.append(bigEndian: UInt16(groups.count))
        buffer.append(bigEndian: Int16(weight))
        buffer.append(bigEndian: value.isNegative && !groups.isEmpty ? negative : positive)
        buffer.append(bigEndian: UInt16(scale))
        for group in groups { buffer.append(bigEndian: group) }
    }

    /// The value and its shown scale; nil for NaN, infinities and anything malformed.
    static func value(of bytes: UnsafeRawBufferPointer) -> (value: DecimalDigits, scale: Int)? {
        guard bytes.count >= 8 else { return nil }
        let count = Int(bytes.bigEndian(0, as: UInt16.self))
        let weight = Int(bytes.bigEndian(2, as: Int16.self))
        let sign = bytes.bigEndian(4, as: UInt16.self)
        let scale = Int(bytes.bigEndian(6, as: UInt16.self))
        guard sign == positive || sign == negative, bytes.count == 8 + 2 * count else { return nil }
        var value = DecimalDigits(Int64(0))
        value.isNegative = sign == negative
        for index in 0..<count {
            let group = Int(bytes.bigEndian(8 + 2 * index, as: Int16.self))
            for power in [1000, 100, 10, 1] {
                let digit = UInt8(group / power % 10)
                if !value.digits.isEmpty || digit != 0 { value.digits.append(digit) }
            }
        }
        value.exponent = (weight - count + 1) * 4
        value.normalise()
        return (value, scale)
    }
}

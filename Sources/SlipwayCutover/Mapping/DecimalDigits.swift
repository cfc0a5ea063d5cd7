/// A decimal number as digits and a power of ten: `digits × 10^exponent`, without rounding of any kind.
struct DecimalDigits: Equatable {
    var isNegative = false
    /// 0…9 each, most significant first, no leading zero; empty for zero.
    var digits: [UInt8] = []
    var exponent = 0

    /// Digits behind the point that are needed to write it out.
    var scale: Int { max(0, -exponent) }

    /// Digits in front of the point.
    var integralDigits: Int { max(0, digits.count + exponent) }

    /// Reads `-12.50`, `3e8`, `.5`; nil for anything else. Zeros behind the point are kept as digits, so that
    /// the text can be written again as it was.
    init?(_ text: some Collection<UInt8>) {
        var rest = text[...]
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
            isNegative = rest.first == UInt8(ascii: "-")
            rest = rest.dropFirst()
        }
        var sawDigit = false
        var sawPoint = false
        while let byte = rest.first {
            if byte == UInt8(ascii: "."), !sawPoint {
                sawPoint = true
            } else if byte >= 0x30, byte <= 0x39 {
                sawDigit = true
                if !digits.isEmpty || byte != 0x30 { digits.append(byte & 0x0F) }
                if sawPoint { exponent -= 1 }
            } else {
                break
            }
            rest = rest.dropFirst()
        }
        guard sawDigit else { return nil }
        guard let byte = rest.first else { return }
        guard byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") else { return nil }
        let exponents = -99_999...99_999
        guard let power = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), exponents.contains(power) else {
            return nil
        }
        exponent += power
    }

    init(_ integer: Int64) {
        isNegative = integer < 0
        digits = String(integer.magnitude).utf8.map { $0 & 0x0F }
        if integer == 0 { digits = [] }
    }

    /// The shortest decimal that reads back as the same double; nil for infinities and NaN.
    init?(_ double: Double) {
        guard double.isFinite else { return nil }
        self.init(Array(double.description.utf8))
        normalise()
    }

    /// Drops zeros at the end: 12.50 and 12.5 become the same value.
    mutating func normalise() {
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        if digits.isEmpty { exponent = 0 }
    }

    /// Plain notation with `scale` digits behind the point, or as many as are needed.
    func text(scale wanted: Int? = nil) -> String {
        let places = max(wanted ?? scale, scale)
        var all = digits + Array(repeating: 0, count: max(0, exponent))
        let fractional = scale
        if all.count <= fractional {
            all.insert(contentsOf: repeatElement(0, count: fractional - all.count + 1), at: 0)
        }
        var text = isNegative ? "-" : ""
        text += all.prefix(all.count - fractional).map { String($0) }.joined()
        if places > 0 {
            text += "." + all.suffix(fractional).map { String($0) }.joined()
            text += String(repeating: "0", count: places - fractional)
        }
        return text
    }
}

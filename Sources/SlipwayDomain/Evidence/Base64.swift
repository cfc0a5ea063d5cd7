/// RFC 4648 base64 with padding, strict in reading: one text for one sequence of bytes.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    package static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in group { bits = bits << 8 | UInt32(byte) }
            bits <<= UInt32((3 - group.count) * 8)
            for index in 0..<4 {
                text.append(index <= group.count ? alphabet[Int(bits >> UInt32(18 - index * 6) & 63)] : padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for anything but the one text that `text` writes.
    package static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 4) {
            var bits: UInt32 = 0
            var count = 0
            for digit in digits[start..<(start + 4)] where digit != padding {
                guard let value = value(digit) else { return nil }
                bits = bits << 6 | UInt32(value)
                count += 1
            }
            guard count >= 2 else { return nil }
            bits <<= UInt32((4 - count) * 6)
            for index in 0..<(count - 1) { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - index * 8))) }
        }
        return Base64.text(bytes) == text ? bytes : nil
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x41...0x5A: digit - 0x41
        case 0x61...0x7A: digit - 0x61 + 26
        case 0x30...0x39: digit - 0x30 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}

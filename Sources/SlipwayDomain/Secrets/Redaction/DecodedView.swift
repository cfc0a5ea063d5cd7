/// A text as it reads once its escapes are undone, with the way back to where each byte of it was written.
struct DecodedView {
    private(set) var bytes: [UInt8] = []
    /// Where each byte began; one more for the end of the text.
    private var starts: [Int] = []

    /// The views that differ from the text itself: percent-encoding, a form's, and JSON's.
    static func all(of text: [UInt8]) -> [DecodedView] {
        var (hasPercent, hasPlus, hasBackslash) = (false, false, false)
        for byte in text {
            hasPercent = hasPercent || byte == UInt8(ascii: "%")
            hasPlus = hasPlus || byte == UInt8(ascii: "+")
            hasBackslash = hasBackslash || byte == UInt8(ascii: "\\")
        }
        var views: [DecodedView] = []
        if hasPercent { views.append(DecodedView(percent: text, plusIsSpace: false)) }
        if hasPlus { views.append(DecodedView(percent: text, plusIsSpace: true)) }
        if hasBackslash { views.append(DecodedView(json: text)) }
        return views
    }

    /// The place in the text of a part of `bytes`.
    func original(_ span: Range<Int>) -> Range<Int> { starts[span.lowerBound]..<starts[span.upperBound] }

    private init(percent text: [UInt8], plusIsSpace: Bool) {
        reserve(text.count)
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.count, let high = Hex.value(text[index + 1]),
                let low = Hex.value(text[index + 2])
            {
                append(high << 4 | low, from: index)
                index += 3
            } else {
                append(plusIsSpace && text[index] == UInt8(ascii: "+") ? 0x20 : text[index], from: index)
                index += 1
            }
        }
        starts.append(text.count)
    }

    private init(json text: [UInt8]) {
        reserve(text.count)
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else {
                append(text[index], from: index)
                index += 1
                continue
            }
            if let (scalar, length) = Self.scalar(in: text, at: index) {
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte, from: index) }
                index += length
            } else {
                append(Self.unescaped(text[index + 1]), from: index)
                index += 2
            }
        }
        starts.append(text.count)
    }

    private mutating func reserve(_ count: Int) {
        bytes.reserveCapacity(count)
        starts.reserveCapacity(count + 1)
    }

    private mutating func append(_ byte: UInt8, from start: Int) {
        bytes.append(byte)
        starts.append(start)
    }

    /// A `\u` escape, or two of them that are one character, and how long it is.
    private static func scalar(in text: [UInt8], at start: Int) -> (Unicode.Scalar, length: Int)? {
        guard let first = unit(in: text, at: start) else { return nil }
        if let scalar = Unicode.Scalar(UInt32(first)) { return (scalar, 6) }
        guard UTF16.isLeadSurrogate(first), let second = unit(in: text, at: start + 6), UTF16.isTrailSurrogate(second)
        else { return nil }
        return (UTF16.decode(UTF16.EncodedScalar([first, second])), 12)
    }

    private static func unit(in text: [UInt8], at start: Int) -> UInt16? {
        guard start + 6 <= text.count, text[start] == UInt8(ascii: "\\"), text[start + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var unit: UInt16 = 0
        for digit in text[(start + 2)..<(start + 6)] {
            guard let value = Hex.value(digit) else { return nil }
            unit = unit << 4 | UInt16(value)
        }
        return unit
    }

    private static func unescaped(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        default: letter
        }
    }
}

import SlipwayDomain

/// Whether a text is JSON that PostgreSQL's `json` takes, and whether `jsonb` would take it too.
struct JSONText {
    private(set) var isValid = false
    /// Holds `\u0000`, half a surrogate pair, a number beyond numeric's range or a key twice: `json` keeps the
    /// text as it is, `jsonb` refuses it or drops a part.
    private(set) var isRefusedByJSONB = false

    private let text: UnsafeRawBufferPointer
    private var at = 0

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
        isValid = value(depth: 0)
        skipSpace()
        isValid = isValid && at == text.count
    }

    private var byte: UInt8? { at < text.count ? text[at] : nil }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
    }

    private mutating func take(_ expected: UInt8) -> Bool {
        guard byte == expected else { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) -> Bool {
        guard depth < 1_000 else { return false }
        skipSpace()
        switch byte {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "t"): return word("true")
        case UInt8(ascii: "f"): return word("false")
        case UInt8(ascii: "n"): return word("null")
        default: return number()
        }
    }

    private mutating func object(depth: Int) -> Bool {
        at += 1
        var keys: Set<[UInt8]> = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return true }
        repeat {
            skipSpace()
            let start = at
            guard byte == UInt8(ascii: "\""), string() else { return false }
            if !keys.insert(Self.spelled(text[start..<at])).inserted { isRefusedByJSONB = true }
            skipSpace()
            guard take(UInt8(ascii: ":")), value(depth: depth + 1) else { return false }
            skipSpace()
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}"))
    }

    /// A key without its escapes, so that two spellings of one key are one.
    private static func spelled(_ key: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        guard key.contains(UInt8(ascii: "\\")), case .string(let plain)? = try? JSONValue(parsing: Array(key)) else {
            return Array(key)
        }
        return Array("\"\(plain)\"".utf8)
    }

    private mutating func array(depth: Int) -> Bool {
        at += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return true }
        repeat {
            guard value(depth: depth + 1) else { return false }
            skipSpace()
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "]"))
    }

    private mutating func string() -> Bool {
        at += 1
        var awaitsLowSurrogate = false
        while let current = byte {
            at += 1
            var isLow = false
            switch current {
            case UInt8(ascii: "\""):
                if awaitsLowSurrogate { isRefusedByJSONB = true }
                return true
            case 0..<0x20: return false
            case UInt8(ascii: "\\"):
                guard let escape = byte else { return false }
                at += 1
                if escape == UInt8(ascii: "u") {
                    guard let unit = hexUnit() else { return false }
                    isLow = (0xDC00...0xDFFF).contains(unit)
                    if unit == 0 || isLow != awaitsLowSurrogate { isRefusedByJSONB = true }
                    awaitsLowSurrogate = (0xD800...0xDBFF).contains(unit)
                    continue
                }
                guard Array("\"\\/bfnrt".utf8).contains(escape) else { return false }
            default: break
            }
            if awaitsLowSurrogate { isRefusedByJSONB = true }
            awaitsLowSurrogate = false
        }
        return false
    }

    private mutating func hexUnit() -> UInt16? {
        guard at + 4 <= text.count else { return nil }
        defer { at += 4 }
        let digits = text[at..<(at + 4)]
        guard digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private mutating func word(_ word: StaticString) -> Bool {
        let matches = text[at...].prefix(word.utf8CodeUnitCount).elementsEqual(word.description.utf8)
        at += word.utf8CodeUnitCount
        return matches
    }

    private mutating func digits() -> Bool {
        let start = at
        while let byte, byte >= 0x30, byte <= 0x39 { at += 1 }
        return at > start
    }

    private mutating func number() -> Bool {
        let start = at
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { guard digits() else { return false } }
        if take(UInt8(ascii: ".")) { guard digits() else { return false } }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() else { return false }
        }
        if let value = DecimalDigits(text[start..<at]) {
            if value.integralDigits > 131_072 || value.scale > 16_383 { isRefusedByJSONB = true }
        } else {
            isRefusedByJSONB = true
        }
        return true
    }
}

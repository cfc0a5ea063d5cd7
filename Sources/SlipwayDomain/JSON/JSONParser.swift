extension JSONValue {
    /// Reads RFC 8259 JSON strictly: no duplicate keys, no half surrogates, no invalid UTF-8, nothing behind the
    /// value. Numbers without fraction or exponent that fit become integers, all others doubles.
    package init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
        var parser = JSONParser(bytes: bytes)
        self = try parser.document()
    }
}

struct JSONParser {
    private static let deepest = 256
    private let bytes: [UInt8]
    private var at = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw failure("something stands behind the value") }
        return value
    }

    private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

    private func failure(_ reason: String) -> JSONSyntaxError {
        JSONSyntaxError(offset: at, reason: reason)
    }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
    }

    private mutating func expect(_ expected: Unicode.Scalar) throws(JSONSyntaxError) {
        guard byte == UInt8(ascii: expected) else { throw failure("expected \(expected)") }
        at += 1
    }

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        guard depth <= JSONParser.deepest else { throw failure("nested deeper than \(JSONParser.deepest)") }
        skipSpace()
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw failure("the text ends early")
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        at += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if byte == UInt8(ascii: "}") {
            at += 1
            return .object(members)
        }
        while true {
            skipSpace()
            guard byte == UInt8(ascii: "\"") else { throw failure("expected a key") }
            let start = at
            let key = try string()
            skipSpace()
            try expect(":")
            guard members.updateValue(try value(depth: depth + 1), forKey: key) == nil else {
                throw JSONSyntaxError(offset: start, reason: "a key stands here twice")
            }
            skipSpace()
            if byte == UInt8(ascii: ",") {
                at += 1
                continue
            }
            try expect("}")
            return .object(members)
        }
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        at += 1
        var items: [JSONValue] = []
        skipSpace()
        if byte == UInt8(ascii: "]") {
            at += 1
            return .array(items)
        }
        while true {
            items.append(try value(depth: depth + 1))
            skipSpace()
            if byte == UInt8(ascii: ",") {
                at += 1
                continue
            }
            try expect("]")
            return .array(items)
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        guard bytes[at...].starts(with: word.description.utf8) else { throw failure("expected a value") }
        at += word.utf8CodeUnitCount
        return value
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = at
        var isWhole = true
        if byte == UInt8(ascii: "-") { at += 1 }
        if byte == UInt8(ascii: "0") { at += 1 } else { try digits() }
        if byte == UInt8(ascii: ".") {
            isWhole = false
            at += 1
            try digits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            isWhole = false
            at += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isWhole, text != "-0", let integer = Int64(text) { return .integer(integer) }
        guard let double = Double(text), double.isFinite else {
            throw JSONSyntaxError(offset: start, reason: "the number is beyond a double")
        }
        return .double(double)
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = at
        while let byte, byte >= 0x30, byte <= 0x39 { at += 1 }
        guard at > start else { throw failure("expected a digit") }
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        let start = at
        at += 1
        var content: [UInt8] = []
        while let current = byte {
            at += 1
            switch current {
            case UInt8(ascii: "\""):
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw JSONSyntaxError(offset: start, reason: "the string is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): try escape(into: &content)
            case 0..<0x20: throw JSONSyntaxError(offset: at - 1, reason: "a control character in a string")
            default: content.append(current)
            }
        }
        throw failure("a string without its end")
    }

    private mutating func escape(into content: inout [UInt8]) throws(JSONSyntaxError) {
        guard let kind = byte else { throw failure("the text ends early") }
        at += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(kind)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"): content += Array(String(Character(try scalar())).utf8)
        default: throw JSONSyntaxError(offset: at - 1, reason: "an unknown escape")
        }
    }

    private mutating func scalar() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = at
        let first = try hexUnit()
        var code = UInt32(first)
        if (0xD800...0xDBFF).contains(first) {
            guard byte == UInt8(ascii: "\\"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "u") else {
                throw JSONSyntaxError(offset: start, reason: "half a surrogate pair")
            }
            at += 2
            let second = try hexUnit()
            guard (0xDC00...0xDFFF).contains(second) else {
                throw JSONSyntaxError(offset: start, reason: "half a surrogate pair")
            }
            code = 0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(second - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else {
            throw JSONSyntaxError(offset: start, reason: "half a surrogate pair")
        }
        return scalar
    }

    private mutating func hexUnit() throws(JSONSyntaxError) -> UInt16 {
        guard at + 4 <= bytes.count else { throw failure("the text ends early") }
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Hex.value(bytes[at]) else { throw failure("expected a hex digit") }
            unit = unit << 4 | UInt16(digit)
            at += 1
        }
        return unit
    }
}

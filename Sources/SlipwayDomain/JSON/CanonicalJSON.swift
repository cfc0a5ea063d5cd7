/// A value that has no canonical form.
package enum CanonicalJSONError: Error, Hashable, CustomStringConvertible {
    /// RFC 8785 numbers are doubles: beyond 2^53 an integer belongs in a string.
    case integerBeyondDouble(Int64)
    case notFinite

    package var description: String {
        switch self {
        case .integerBeyondDouble(let value): "\(value) is beyond 2^53: canonical JSON needs it in a string"
        case .notFinite: "infinity and NaN have no form in JSON"
        }
    }
}

extension JSONValue {
    /// RFC 8785 (JCS): one sequence of bytes for one value, on any machine.
    package var canonicalBytes: [UInt8] {
        get throws(CanonicalJSONError) {
            var bytes: [UInt8] = []
            try appendCanonical(to: &bytes)
            return bytes
        }
    }

    private func appendCanonical(to bytes: inout [UInt8]) throws(CanonicalJSONError) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value):
            guard value.magnitude <= 1 << 53 else { throw .integerBeyondDouble(value) }
            bytes += String(value).utf8
        case .double(let value): bytes += try CanonicalNumber.text(value).utf8
        case .string(let value): CanonicalString.append(value, to: &bytes)
        case .array(let items):
            bytes.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                try item.appendCanonical(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                CanonicalString.append(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                try member.value.appendCanonical(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}

enum CanonicalString {
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x08: bytes += "\\b".utf8
            case 0x09: bytes += "\\t".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0C: bytes += "\\f".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0..<0x20: bytes += "\\u00\(Hex.text([byte]))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

/// Numbers as ECMAScript writes them (RFC 8785, section 3.2.2.3).
enum CanonicalNumber {
    static func text(_ value: Double) throws(CanonicalJSONError) -> String {
        guard value.isFinite else { throw .notFinite }
        guard value != 0 else { return "0" }
        let (digits, point) = shortest(value.magnitude)
        let sign = value < 0 ? "-" : ""
        switch point {
        case 1...21 where digits.count <= point:
            return sign + digits + String(repeating: "0", count: point - digits.count)
        case 1...21:
            return sign + digits.prefix(point) + "." + digits.dropFirst(point)
        case -5...0:
            return sign + "0." + String(repeating: "0", count: -point) + digits
        default:
            let exponent = point - 1
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            return "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
        }
    }

    /// The fewest digits that read back as the same double, and where the point stands in front of them.
    private static func shortest(_ value: Double) -> (digits: String, point: Int) {
        let parts = value.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = mantissa[0]
        var digits = String(whole) + (mantissa.count > 1 ? String(mantissa[1]) : "")
        var point = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.first == "0" {
            digits.removeFirst()
            point -= 1
        }
        while digits.last == "0" { digits.removeLast() }
        return (digits, point)
    }
}

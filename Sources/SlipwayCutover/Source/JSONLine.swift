import SlipwayDomain

/// One line of a JSON Lines file, taken apart into its members with each value's own bytes.
struct JSONLine {
    enum Kind: Hashable, Sendable {
        case null
        case bool
        case integer
        /// An integer of 64 bits that a double would round.
        case bigInteger
        /// A number that is a double exactly, digit for digit of its value.
        case real
        /// A number no double holds exactly.
        case decimal
        case string
        case nested
    }

    struct Member {
        var key: String
        var kind: Kind
        /// The value as it is written.
        var raw: [UInt8]
    }

    /// The members of an object in order; nil when the line is no JSON object, or names a key twice.
    static func members(of line: [UInt8]) -> [Member]? {
        let isValid = line.withUnsafeBytes { JSONText($0).isValid }
        guard isValid else { return nil }
        var scanner = JSONLine(line: line)
        return scanner.object()
    }

    private let line: [UInt8]
    private var at = 0

    private init(line: [UInt8]) {
        self.line = line
    }

    /// The line is known to be valid JSON, so only the outermost object is looked at.
    private mutating func object() -> [Member]? {
        skipSpace()
        guard at < line.count, line[at] == UInt8(ascii: "{") else { return nil }
        at += 1
        var members: [Member] = []
        var keys: Set<String> = []
        skipSpace()
        while at < line.count, line[at] != UInt8(ascii: "}") {
            if line[at] == UInt8(ascii: ",") { at += 1 }
            skipSpace()
            guard let key = JSONLine.text(of: token()), keys.insert(key).inserted else { return nil }
            skipSpace()
            at += 1  // the colon
            skipSpace()
            let raw = token()
            members.append(Member(key: key, kind: JSONLine.kind(of: raw), raw: raw))
            skipSpace()
        }
        return members
    }

    private mutating func skipSpace() {
        while at < line.count, [0x20, 0x09, 0x0A, 0x0D].contains(line[at]) { at += 1 }
    }

    /// The bytes of the value that starts here.
    private mutating func token() -> [UInt8] {
        let start = at
        var depth = 0
        repeat {
            switch line[at] {
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                at += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return Array(line[start..<at]) }
                depth -= 1
                at += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x09, 0x0D, 0x0A:
                if depth == 0 { return Array(line[start..<at]) }
                at += 1
            default: at += 1
            }
        } while at < line.count && (depth > 0 || !isEnd(of: start))
        return Array(line[start..<at])
    }

    /// A string or a nested value ends where its last byte was read.
    private func isEnd(of start: Int) -> Bool {
        [UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "[")].contains(line[start])
    }

    private mutating func skipString() {
        at += 1
        while line[at] != UInt8(ascii: "\"") { at += line[at] == UInt8(ascii: "\\") ? 2 : 1 }
        at += 1
    }

    private static func kind(of raw: [UInt8]) -> Kind {
        switch raw.first {
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "{"), UInt8(ascii: "["): return .nested
        default: return numberKind(raw)
        }
    }

    private static func numberKind(_ raw: [UInt8]) -> Kind {
        let text = String(decoding: raw, as: UTF8.self)
        if !text.contains(where: { ".eE".contains($0) }), text != "-0" {
            guard let integer = Int64(text) else { return .decimal }
            return integer.magnitude <= 1 << 53 ? .integer : .bigInteger
        }
        guard let double = Double(text), var written = DecimalDigits(raw), let held = DecimalDigits(double) else {
            return .decimal
        }
        written.normalise()
        return written == held || (written.digits.isEmpty && held.digits.isEmpty) ? .real : .decimal
    }

    /// The text behind a JSON string's bytes; nil when it has half a surrogate pair.
    static func text(of raw: [UInt8]) -> String? {
        guard let value = try? JSONValue(parsing: raw) else { return nil }
        return value.stringValue
    }
}

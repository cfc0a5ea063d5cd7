/// Reads a text from left to right, place by place, to see whether something secret begins there.
///
/// It remembers how far each kind of find reached: another of the same kind that begins inside would only end there
/// too, and a hostile text of nothing but beginnings would be read over and over.
struct FormReader {
    private let text: UnsafeBufferPointer<UInt8>
    private var schemeEnd = 0
    private var apiKeyEnd = 0
    private var tokenEnd = 0
    private var privateKeyEnd = 0
    private var plainValueEnd = 0
    private var headerValueEnd = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    /// What comes behind `Bearer` or `Basic`.
    mutating func scheme(_ word: StaticString, at start: Int) -> Range<Int>? {
        guard start >= schemeEnd, isWordStart(start), matches(word, at: start) else { return nil }
        var begin = start + word.utf8CodeUnitCount
        // Also as it stands in a URL.
        while begin < text.count, isSpace(at: begin) { begin += 1 }
        if matches("%20", at: begin) { begin += 3 }
        guard begin > start + word.utf8CodeUnitCount else { return nil }
        let end = run(from: begin, while: Self.isCredential)
        schemeEnd = end
        return end - begin >= 6 ? begin..<end : nil
    }

    /// `sk-…`
    mutating func apiKey(at start: Int) -> Range<Int>? {
        guard start >= apiKeyEnd, isWordStart(start), matches("sk-", at: start) else { return nil }
        let end = run(from: start + 3, while: Self.isWordByte)
        apiKeyEnd = end
        return end - start >= 11 ? start..<end : nil
    }

    /// Two or three parts with dots between them, of which the first begins as `{"` does in base64: a JWT.
    mutating func token(at start: Int) -> Range<Int>? {
        guard start >= tokenEnd, isWordStart(start), matches("eyJ", at: start, anyCase: false) else { return nil }
        let header = run(from: start, while: Self.isWordByte)
        tokenEnd = header
        guard header < text.count, text[header] == UInt8(ascii: "."), header - start >= 8 else { return nil }
        let end = run(from: header + 1) { Self.isWordByte($0) || $0 == UInt8(ascii: ".") }
        tokenEnd = end
        return end > header + 1 ? start..<end : nil
    }

    /// From the first line of a private key to the end of its last, or of the text when it was cut.
    mutating func privateKey(at start: Int) -> Range<Int>? {
        guard start >= privateKeyEnd, matches("-----BEGIN ", at: start) else { return nil }
        let label = start + 11
        let labelEnd = run(from: label) { $0 != UInt8(ascii: "-") }
        guard labelEnd - label <= 64, (label..<labelEnd).contains(where: { matches("PRIVATE KEY", at: $0) }) else {
            return nil
        }
        privateKeyEnd = endOfPrivateKey(from: labelEnd)
        return start..<privateKeyEnd
    }

    private func endOfPrivateKey(from start: Int) -> Int {
        for end in start..<text.count where matches("-----END ", at: end) {
            let label = run(from: end + 9) { $0 != UInt8(ascii: "-") }
            return run(from: label) { $0 == UInt8(ascii: "-") }
        }
        return text.count
    }

    /// What stands between `://` and `@`.
    func userinfo(at colon: Int) -> Range<Int>? {
        guard matches("://", at: colon) else { return nil }
        let begin = colon + 3
        let end = run(from: begin) { !$0.isWhitespace && !"/?#\"<>".utf8.contains($0) }
        guard let at = text[begin..<end].lastIndex(of: UInt8(ascii: "@")), at > begin else { return nil }
        return begin..<at
    }

    /// What stands behind the sign of `name=value`, `"name":"value"` or `Name: value`, when a secret has such a name.
    mutating func value(behind sign: Int) -> Range<Int>? {
        guard isSecretName(before: sign) else { return nil }
        var begin = sign + 1
        while begin < text.count, text[begin] == 0x20 { begin += 1 }
        if begin + 1 < text.count, text[begin] == UInt8(ascii: "\\"), text[begin + 1] == UInt8(ascii: "\"") {
            begin += 1
        }
        if begin < text.count, text[begin] == UInt8(ascii: "\"") { return quoted(from: begin + 1) }
        if begin < text.count, text[begin] == UInt8(ascii: "'") {
            let end = run(from: begin + 1) { $0 != UInt8(ascii: "'") }
            return end > begin + 1 ? (begin + 1)..<end : nil
        }
        let isHeader = text[sign] == UInt8(ascii: ":")
        guard begin >= (isHeader ? headerValueEnd : max(plainValueEnd, headerValueEnd)) else { return nil }
        let end = run(from: begin, while: isHeader ? Self.isHeaderValue : Self.isPlainValue)
        if isHeader { headerValueEnd = end } else { plainValueEnd = end }
        return end > begin ? begin..<end : nil
    }

    /// Up to the quote that closes; an escaped one does not, unless the whole is a string in a string, whose own quotes
    /// are escaped as well.
    private func quoted(from begin: Int) -> Range<Int>? {
        let isNested = begin >= 2 && text[begin - 2] == UInt8(ascii: "\\")
        var end = begin
        while end < text.count, text[end] != UInt8(ascii: "\"") {
            if text[end] == UInt8(ascii: "\\") {
                if isNested, end + 1 < text.count, text[end + 1] == UInt8(ascii: "\"") { break }
                end += 1
            }
            end += 1
        }
        end = min(end, text.count)
        return end > begin ? begin..<end : nil
    }

    private func isSecretName(before sign: Int) -> Bool {
        var end = sign
        while end > 0, Self.isBetween(text[end - 1]) { end -= 1 }
        var begin = end
        while begin > 0, end - begin <= SecretForms.longestName, Self.isWordByte(text[begin - 1]) { begin -= 1 }
        guard begin < end, end - begin <= SecretForms.longestName else { return false }
        let name = text[begin..<end].map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : Self.lower($0) }
        let written = String(decoding: name, as: UTF8.self)
        return SecretForms.names.contains(written)
            || text[sign] == UInt8(ascii: "=") && SecretForms.queryNames.contains(written)
    }

    private func run(from start: Int, while holds: (UInt8) -> Bool) -> Int {
        var end = min(start, text.count)
        while end < text.count, holds(text[end]) { end += 1 }
        return end
    }

    private func matches(_ word: StaticString, at start: Int, anyCase: Bool = true) -> Bool {
        let count = word.utf8CodeUnitCount
        guard start + count <= text.count else { return false }
        for index in 0..<count {
            let (left, right) = (text[start + index], word.utf8Start[index])
            guard left == right || anyCase && Self.lower(left) == Self.lower(right) else { return false }
        }
        return true
    }

    private func isWordStart(_ index: Int) -> Bool {
        index == 0
            || !(Self.isWordByte(text[index - 1]) && text[index - 1] != UInt8(ascii: "_")
                && text[index - 1] != UInt8(ascii: "-"))
    }

    private func isSpace(at index: Int) -> Bool {
        text[index] == 0x20 || text[index] == 0x09 || text[index] == UInt8(ascii: "+")
    }

    private static func lower(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte + 0x20 : byte }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// What may stand between a name and its sign: spaces, and quotes that close.
    private static func isBetween(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\")
    }

    /// A header's value has words in it: a scheme, a cookie's attributes.
    private static func isHeaderValue(_ byte: UInt8) -> Bool {
        byte != 0x0A && byte != 0x0D && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "}")
    }

    private static func isPlainValue(_ byte: UInt8) -> Bool {
        !byte.isWhitespace && !"&;,\"'<>)}".utf8.contains(byte)
    }

    private static func isCredential(_ byte: UInt8) -> Bool {
        isWordByte(byte) || ".~+/=%".utf8.contains(byte)
    }
}

extension UInt8 {
    fileprivate var isWhitespace: Bool { self == 0x20 || 0x09...0x0D ~= self }
}

/// A Swift source cut into words and marks, with strings and comments set aside: rules about code look at the
/// tokens, rules about comments at the comments. Code inside `\( )` of a string counts as code.
struct SwiftTokens: Sendable {
    enum Kind: Sendable { case word, mark, string }

    struct Token: Sendable {
        let kind: Kind
        /// The word or mark; of a string what stands in it, with `*` for each `\( )`.
        let text: String
        let line: Int
        /// Whether nothing stands between it and the token before: `try!` is not `try !done`.
        let isGlued: Bool

        func `is`(_ code: String) -> Bool { kind != .string && text == code }
    }

    struct Comment: Sendable {
        let text: String
        let line: Int
    }

    private(set) var tokens: [Token] = []
    private(set) var comments: [Comment] = []

    private var bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var endOfLastToken = -1

    init(_ source: String) {
        bytes = Array(source.utf8)
        readCode(inString: false)
        bytes = []
    }

    /// Reads up to the end, or up to the parenthesis that ends a string's `\( )`.
    private mutating func readCode(inString: Bool) {
        var depth = 0
        while position < bytes.count {
            let byte = bytes[position]
            if inString && byte == UInt8(ascii: ")") && depth == 0 { return }
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if byte == UInt8(ascii: "/"), starts(with: "//") {
                readLineComment()
            } else if byte == UInt8(ascii: "/"), starts(with: "/*") {
                readBlockComment()
            } else if let hashes = hashesBeforeString() {
                readString(hashes: hashes)
            } else if isWord(byte) || byte == UInt8(ascii: "`") {
                readWord()
            } else {
                if byte == UInt8(ascii: "\n") {
                    line += 1
                } else if byte > UInt8(ascii: " ") {
                    append(.mark, String(UnicodeScalar(byte)), from: position, to: position + 1, line: line)
                }
                position += 1
            }
        }
    }

    private mutating func readLineComment() {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        comments.append(Comment(text: text(from: start), line: line))
    }

    private mutating func readBlockComment() {
        let (start, startLine) = (position, line)
        var depth = 0
        while position < bytes.count {
            if starts(with: "/*") {
                depth += 1
                position += 2
            } else if starts(with: "*/") {
                depth -= 1
                position += 2
                if depth == 0 { break }
            } else {
                if bytes[position] == UInt8(ascii: "\n") { line += 1 }
                position += 1
            }
        }
        comments.append(Comment(text: text(from: start), line: startLine))
    }

    private mutating func readWord() {
        let start = position
        if bytes[position] == UInt8(ascii: "`") {
            position += 1
            while position < bytes.count, bytes[position] != UInt8(ascii: "`") { position += 1 }
            position += 1
        } else {
            while position < bytes.count, isWord(bytes[position]) { position += 1 }
        }
        append(.word, text(from: start), from: start, to: position, line: line)
    }

    private mutating func readString(hashes: Int) {
        let (start, startLine) = (position, line)
        position += hashes
        let quotes = starts(with: "\"\"\"") ? 3 : 1
        position += quotes
        let close = Array(repeating: UInt8(ascii: "\""), count: quotes) + hashMarks(hashes)
        let escape = [UInt8(ascii: "\\")] + hashMarks(hashes)
        var content: [UInt8] = []
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "\""), bytes[position...].starts(with: close) {
                position += close.count
                break
            }
            if bytes[position] == UInt8(ascii: "\\"), bytes[position...].starts(with: escape) {
                position += escape.count
                guard position < bytes.count else { break }
                if bytes[position] == UInt8(ascii: "(") {
                    position += 1
                    readCode(inString: true)
                    content.append(UInt8(ascii: "*"))
                } else {
                    if bytes[position] == UInt8(ascii: "\n") { line += 1 }
                    content.append(bytes[position])
                }
                position += 1
                continue
            }
            if bytes[position] == UInt8(ascii: "\n") {
                line += 1
                if quotes == 1 { break }
            }
            content.append(bytes[position])
            position += 1
        }
        append(.string, String(decoding: content, as: UTF8.self), from: start, to: position, line: startLine)
    }

    private mutating func append(_ kind: Kind, _ text: String, from start: Int, to end: Int, line: Int) {
        tokens.append(Token(kind: kind, text: text, line: line, isGlued: start == endOfLastToken))
        endOfLastToken = end
    }

    /// How many `#` stand before the quote of a string that starts here; nil when none starts here.
    private func hashesBeforeString() -> Int? {
        guard bytes[position] == UInt8(ascii: "#") || bytes[position] == UInt8(ascii: "\"") else { return nil }
        var index = position
        while index < bytes.count, bytes[index] == UInt8(ascii: "#") { index += 1 }
        return index < bytes.count && bytes[index] == UInt8(ascii: "\"") ? index - position : nil
    }

    private func hashMarks(_ count: Int) -> [UInt8] {
        Array(repeating: UInt8(ascii: "#"), count: count)
    }

    private func starts(with text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        for index in 0..<count where bytes[position + index] != text.utf8Start[index] { return false }
        return true
    }

    private func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default:
            false
        }
    }

    private func text(from start: Int) -> String {
        String(decoding: bytes[start..<min(position, bytes.count)], as: UTF8.self)
    }
}

/// Words of a table's definition, apart from its names, strings and comments.
enum SchemaText {
    /// Whether a definition has the word CHECK where it is a constraint.
    static func mentionsCheck(_ sql: String) -> Bool {
        words(of: Array(sql.utf8)).contains("CHECK")
    }

    /// Clauses of a definition that no catalogue of SQLite's tells of, and that stay behind.
    static func clauses(of sql: String) -> [String] {
        let words = words(of: Array(sql.utf8))
        return [("DEFERRABLE", "DEFERRABLE"), ("CONFLICT", "ON CONFLICT")].filter { words.contains($0.0) }.map(\.1)
    }

    /// The bare words, in upper case.
    private static func words(of text: [UInt8]) -> Set<String> {
        var words: Set<String> = []
        var word: [UInt8] = []
        var at = 0
        while at < text.count {
            let byte = text[at]
            let isWord = byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
            if isWord {
                word.append(byte)
                at += 1
                continue
            }
            words.insert(String(decoding: word, as: UTF8.self).uppercased())
            word.removeAll()
            at = end(ofQuotedAt: at, in: text) ?? at + 1
        }
        words.insert(String(decoding: word, as: UTF8.self).uppercased())
        return words
    }

    /// Where a string, a quoted name or a comment that starts here ends; nil when none does.
    private static func end(ofQuotedAt at: Int, in text: [UInt8]) -> Int? {
        let rest = text[at...]
        func after(_ end: String, from start: Int) -> Int {
            text[min(start, text.count)...].firstRange(of: Array(end.utf8))?.upperBound ?? text.count
        }
        if rest.starts(with: "--".utf8) { return after("\n", from: at + 2) }
        if rest.starts(with: "/*".utf8) { return after("*/", from: at + 2) }
        switch text[at] {
        case UInt8(ascii: "'"): return after("'", from: at + 1)
        case UInt8(ascii: "\""): return after("\"", from: at + 1)
        case UInt8(ascii: "`"): return after("`", from: at + 1)
        case UInt8(ascii: "["): return after("]", from: at + 1)
        default: return nil
        }
    }
}

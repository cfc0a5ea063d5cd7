/// Which of a source's column defaults mean the same in PostgreSQL.
enum DefaultText {
    /// The default's SQL for the target, or nil when there is none or it is an expression of SQLite's own.
    static func portable(_ text: String?, for type: ColumnType) -> String? {
        guard let text, text.uppercased() != "NULL" else { return nil }
        switch type {
        case .bigint, .integer, .smallint: return Int64(text) != nil ? text : nil
        case .double, .numeric: return DecimalDigits(text.utf8) != nil ? text : nil
        case .boolean:
            switch text.uppercased() {
            case "1", "TRUE": return "true"
            case "0", "FALSE": return "false"
            default: return nil
            }
        case .text: return isPlainString(text) ? text : nil
        case .json: return isPlainString(text) && isJSON(text) ? text : nil
        case .timestamp, .date: return nil
        default: return nil
        }
    }

    /// Whether a default was declared that does not come along.
    static func isLeftBehind(_ text: String?, for type: ColumnType) -> Bool {
        guard let text, text.uppercased() != "NULL" else { return false }
        return portable(text, for: type) == nil
    }

    /// `'…'` with every quote inside doubled and nothing that PostgreSQL would read differently.
    private static func isPlainString(_ text: String) -> Bool {
        let quote = UInt8(ascii: "'")
        guard text.utf8.count >= 2, text.utf8.first == quote, text.utf8.last == quote else { return false }
        var inner = text.utf8.dropFirst().dropLast()
        while let at = inner.firstIndex(of: quote) {
            let next = inner.index(after: at)
            guard next < inner.endIndex, inner[next] == quote else { return false }
            inner = inner[inner.index(after: next)...]
        }
        return !text.utf8.contains(0)
    }

    private static func isJSON(_ literal: String) -> Bool {
        let plain = literal.dropFirst().dropLast().replacing("''", with: "'")
        return Array(plain.utf8).withUnsafeBytes { JSONText($0).isValid }
    }
}

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
        case .text, .json: return isPlainString(text) ? text : nil
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
        guard text.count >= 2, text.hasPrefix("'"), text.hasSuffix("'") else { return false }
        var inner = text.dropFirst().dropLast()[...]
        while let quote = inner.firstIndex(of: "'") {
            let next = inner.index(after: quote)
            guard next < inner.endIndex, inner[next] == "'" else { return false }
            inner = inner[inner.index(after: next)...]
        }
        return !text.utf8.contains(0)
    }
}

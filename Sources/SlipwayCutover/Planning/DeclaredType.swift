/// What a column's declaration asks for, as an application's author meant it.
struct DeclaredType {
    let type: ColumnType?

    init(_ declared: String) {
        type = DeclaredType.choose(declared.uppercased())
    }

    private static func choose(_ upper: String) -> ColumnType? {
        if upper.contains("BOOL") { return .boolean }
        if upper.hasPrefix("DATETIME") || upper.hasPrefix("TIMESTAMP") {
            return upper.contains("TZ") || upper.contains("WITH TIME ZONE") ? .timestamptz : .timestamp
        }
        if upper == "DATE" { return .date }
        if upper == "UUID" || upper == "GUID" { return .uuid }
        if upper.hasPrefix("JSON") { return .json }
        if upper.hasPrefix("DECIMAL") || upper.hasPrefix("NUMERIC") || upper.hasPrefix("MONEY") {
            return ColumnType(manifest: limited(upper)) ?? .numeric(precision: nil, scale: nil)
        }
        // From here on SQLite's own rules of affinity, in its own order.
        if upper.contains("INT") { return .bigint }
        if upper.contains("CHAR") || upper.contains("CLOB") || upper.contains("TEXT") { return .text }
        if upper.contains("BLOB") { return .bytea }
        if upper.contains("REAL") || upper.contains("FLOA") || upper.contains("DOUB") { return .double }
        return nil
    }

    /// `NUMERIC(10,2)` of whatever is written, with MONEY read as NUMERIC.
    private static func limited(_ upper: String) -> String {
        guard let open = upper.firstIndex(of: "("), let close = upper.lastIndex(of: ")") else { return "numeric" }
        return "numeric" + upper[open...close]
    }
}

import SlipwaySQL
import SlipwaySQLite

/// What a person finds a row of the source by: its number, or its key with all but the start hidden.
struct RowName {
    private let labels: [String]
    /// What a statement selects first, so that `text` can read it; never empty.
    let terms: [String]

    init(_ table: SourceTable) {
        let key = table.primaryKey
        if let rowID = table.rowIDName {
            (labels, terms) = ([table.rowIDLabel], [rowID])
        } else if !key.isEmpty {
            (labels, terms) = (key, key.map(SQL.quoted))
        } else {
            // Refused by the preflight, whose other findings still want a statement.
            (labels, terms) = ([], ["NULL"])
        }
    }

    /// Nil for a table without any name for its rows.
    func text(of cursor: SQLiteCursor) -> String? {
        guard !labels.isEmpty else { return nil }
        return labels.enumerated().map { "\($0.element)=\(ValueShape.key(cursor.cell(Int32($0.offset))))" }
            .joined(separator: ", ")
    }
}

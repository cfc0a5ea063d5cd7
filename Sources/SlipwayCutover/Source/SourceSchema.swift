/// What a source declares: tables with all that hangs on them, and what cannot come along.
package struct SourceSchema: Sendable {
    package var tables: [SourceTable]
    package var views: [String]
    package var triggers: [String]
    package var virtualTables: [String]
    /// SHA-256 over the source's own definitions: a plan holds for one schema.
    package var digest: String

    package func table(_ name: String) -> SourceTable? {
        tables.first { $0.name == name }
    }
}

package struct SourceTable: Sendable {
    package var name: String
    package var columns: [SourceColumn]
    /// The declared primary key in its own order; empty when there is none.
    package var primaryKey: [String]
    package var hasRowID: Bool
    package var foreignKeys: [SourceForeignKey]
    package var uniqueKeys: [[String]]
    package var indexes: [[String]]
    /// Indexes that PostgreSQL would need written anew: partial, over expressions, or with a collation.
    package var unportableIndexes: [String]
    package var hasChecks: Bool
    /// Clauses that say how constraints and indexes work and do not come along.
    package var clausesLeft: [String]
    package var sequence: Int64?

    /// The INTEGER PRIMARY KEY that is another name for the rowid.
    package var rowIDAlias: String? {
        guard hasRowID, primaryKey.count == 1, let column = column(primaryKey[0]) else { return nil }
        return column.declaredType.uppercased() == "INTEGER" && !column.isDescendingKey ? column.name : nil
    }

    package func column(_ name: String) -> SourceColumn? {
        columns.first { $0.name == name }
    }

    /// A name for the rowid that no column takes.
    package var rowIDName: String? {
        guard hasRowID else { return nil }
        let taken = Set(columns.map { $0.name.lowercased() })
        return ["rowid", "_rowid_", "oid"].first { !taken.contains($0) }
    }

    /// What a person knows a row's number by: its own column where there is one.
    package var rowIDLabel: String { rowIDAlias ?? "rowid" }
}

package struct SourceColumn: Sendable {
    package var name: String
    package var declaredType: String
    package var isRequired: Bool
    package var defaultText: String?
    package var isGenerated: Bool
    package var collation: String?
    package var isDescendingKey: Bool
}

package struct SourceForeignKey: Sendable, Hashable {
    package var columns: [String]
    package var parent: String
    package var parentColumns: [String]
    package var onDelete: String
    package var onUpdate: String
}

package import SlipwayDomain

/// The reviewed plan of one cutover: everything the later stages obey, and nothing they decide by themselves.
package struct Manifest: Sendable, Hashable {
    package static let version = "SlipwayCutoverManifest.v1"

    package var name: String
    package var source: SourceReference
    package var target: TargetReference
    package var tables: [TableMapping]

    package struct SourceReference: Sendable, Hashable {
        package enum Kind: String, Sendable { case sqlite, jsonl }
        package var kind: Kind
        /// As written: relative paths are taken from the manifest's folder.
        package var path: String
        package var schemaDigest: String
    }

    package struct TargetReference: Sendable, Hashable {
        /// Without a password.
        package var url: String
        package var schema: String
        package var ownerRole: String
        package var applicationRole: String
        /// The setting a transaction names its tenant in.
        package var tenantSetting: String
        /// `sha256:…` of the server's certificate, when it is pinned.
        package var tlsFingerprint: String?
        /// Accepts a connection over a network without TLS.
        package var allowsPlaintext: Bool
    }

    /// The tables that travel, parents before children.
    package var included: [TableMapping] { tables.filter { !$0.isExcluded } }
}

package struct TableMapping: Sendable, Hashable {
    package var source: String
    package var target: String
    package var group: BatchGroup
    package var tenant: TenantRule
    /// Source columns that name a row, or `rowid` to carry the rowid along in a column of its own.
    package var key: [String]
    package var columns: [ColumnMapping]
    package var uniqueKeys: [[String]]
    package var indexes: [[String]]
    package var foreignKeys: [ForeignKeyMapping]
    package var isExcluded: Bool
    /// Largest value the source's own sequence has given out, so that none is given twice.
    package var sequence: Int64?

    package static let rowIDColumn = "slipway_rowid"

    package var carriesRowID: Bool { key == ["rowid"] && column("rowid") == nil }

    package func column(_ source: String) -> ColumnMapping? {
        columns.first { $0.source == source }
    }

    /// The name a source column has in the target.
    package func targetName(_ source: String) -> String {
        if source == "rowid", carriesRowID { return TableMapping.rowIDColumn }
        return column(source)?.target ?? source
    }

    /// The target column that holds the tenant; nil for a table all tenants share.
    package var tenantColumn: String? {
        switch tenant {
        case .column(let source): targetName(source)
        case .constant(_, let column): column
        case .shared: nil
        }
    }
}

/// Whose a row is.
package enum TenantRule: Sendable, Hashable {
    /// The tenant stands in a column of the source.
    case column(String)
    /// All rows are this tenant's; the target gets a column for it.
    case constant(String, column: String)
    /// Reference data every tenant may read and none may write.
    case shared
}

package struct ForeignKeyMapping: Sendable, Hashable {
    package var columns: [String]
    package var parent: String
    package var parentColumns: [String]
    package var onDelete: String
    package var onUpdate: String
    /// False leaves the key behind, because rows break it.
    package var isEnforced: Bool
}

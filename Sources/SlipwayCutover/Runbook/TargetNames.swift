import SlipwaySQL

/// Where a cutover lands: the schema of its tables, the schema of its own records, and the two roles. A rehearsal
/// is the same code over other names.
package struct TargetNames: Sendable, Hashable {
    package var schema: String
    package var records: String
    package var owner: String
    package var application: String
    package var tenantSetting: String

    package init(_ target: Manifest.TargetReference) {
        schema = target.schema
        records = "slipway_" + target.schema
        owner = target.ownerRole
        application = target.applicationRole
        tenantSetting = target.tenantSetting
    }

    /// The same cutover in a schema that will not be committed.
    package var rehearsal: TargetNames {
        var names = self
        names.schema = "slipway_rehearsal_" + String(schema.prefix(40))
        names.records = names.schema
        return names
    }

    func table(_ name: String) -> String { "\(SQL.quoted(schema)).\(SQL.quoted(name))" }

    func record(_ name: String) -> String { "\(SQL.quoted(records)).\(SQL.quoted(name))" }
}

enum PostgresText {
    /// A string in SQL, whatever it holds.
    static func literal(_ text: String) -> String {
        let doubled = SQL.doubled(text, "'")
        guard doubled.unicodeScalars.contains("\\") else { return "'\(doubled)'" }
        return "E'\(SQL.doubled(doubled, "\\"))'"
    }

    static func list(_ names: [String]) -> String {
        names.map(SQL.quoted).joined(separator: ", ")
    }
}

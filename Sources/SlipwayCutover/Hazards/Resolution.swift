import SlipwaySQL
import SlipwaySQLite

/// Finds, for each group of hazards, the line of the manifest that would resolve it: a type that was tried on
/// every value of the column, wherever there is one.
struct Resolution {
    let manifest: Manifest
    let schema: SourceSchema
    let file: SQLiteFile

    func resolved(_ group: HazardGroup) throws -> HazardGroup {
        var group = group
        group.resolution = try line(for: group)
        return group
    }

    private func line(for group: HazardGroup) throws -> String? {
        let table = "tables.\(ManifestWriter.scalar(group.table))"
        let column = group.column.map { "\(table).columns.\(ManifestWriter.scalar($0))" } ?? table
        switch group.kind {
        case .missingKey: return "\(table).key: [rowid]    # or the columns that name a row"
        case .nullKey, .duplicateKey:
            return schema.table(group.table)?.hasRowID == true ? "\(table).key: [rowid]" : "mend the rows in the source"
        case .orphan, .foreignKey, .crossTenant:
            return "\(table).foreign_keys[\(keyIndex(group))].enforce: false    # or mend the rows in the source"
        case .tenantMissing where group.column == nil:
            return "\(table).tenant: {constant: NAME, column: tenant_id}    # or shared, or {column: NAME}"
        case .tenantMissing: return "give the rows a tenant in the source"
        case .nameLength, .nameCollision:
            return group.column == nil ? "\(table).name: SHORTER" : "\(column).name: SHORTER"
        case .required: return "\(column).required: false    # or repair the rows in the source"
        case .blobSize: return "\(table).exclude: true    # or keep the value elsewhere"
        case _ where group.kind.isNotice: return nil
        default: return try typeLine(column, group)
        }
    }

    /// The place of the foreign key a hazard of relations is about.
    private func keyIndex(_ group: HazardGroup) -> Int {
        let keys = manifest.tables.first { $0.source == group.table }?.foreignKeys ?? []
        let detail = group.examples.first?.detail ?? ""
        return keys.firstIndex { detail.hasPrefix("(\($0.columns.joined(separator: ", "))) to \($0.parent)") } ?? 0
    }

    private func typeLine(_ path: String, _ group: HazardGroup) throws -> String {
        guard let name = group.column else { return "mend the rows in the source" }
        var profile = ColumnProfile(declared: nil)
        let judge = CellJudge()
        let cursor = try file.rows("SELECT \(SQL.quoted(name)) FROM \(SQL.quoted(group.table))")
        while try cursor.next() { profile.see(cursor.cell(0), judge: judge) }
        guard let codec = profile.survivor else {
            return "\(path): {type: text, repair: [as-text]}    # changes numbers into their text, counted"
        }
        guard codec.form != ColumnMapping.usualForm(of: codec.type), codec.type == .bytea else {
            return "\(path): {type: \(codec.type.sql)}"
        }
        return "\(path): {type: \(codec.type.sql), form: \(codec.form.rawValue)}"
    }
}

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
        case .tenantMissing where group.examples.first?.key == nil: return "\(column): {type: text}"
        case .tenantMissing: return "give the rows a tenant in the source"
        case .nameLength, .nameCollision:
            return group.column == nil ? "\(table).name: SHORTER" : "\(column).name: SHORTER"
        case .required: return "\(column).required: false    # or repair the rows in the source"
        case .indexSize: return indexLine(table, group)
        case .blobSize: return "\(table).exclude: true    # or keep the value elsewhere"
        case _ where group.kind.isNotice: return nil
        default: return try typeLine(column, group)
        }
    }

    /// An index can be left out; what keeps rows apart cannot, but a table with a rowid has another key.
    private func indexLine(_ path: String, _ group: HazardGroup) -> String {
        let mapping = manifest.tables.first { $0.source == group.table }
        let detail = group.examples.first?.detail
        func names(_ columns: [String]) -> Bool { detail == "(\(columns.joined(separator: ", ")))" }
        if mapping?.indexes.contains(where: names) ?? false { return "take \(detail ?? "it") out of \(path).indexes" }
        if mapping?.uniqueKeys.contains(where: names) ?? false { return "take \(detail ?? "it") out of \(path).unique" }
        return schema.table(group.table)?.hasRowID == true ? "\(path).key: [rowid]" : "mend the rows in the source"
    }

    /// The place of the foreign key a hazard of relations is about.
    private func keyIndex(_ group: HazardGroup) -> Int {
        let keys = manifest.tables.first { $0.source == group.table }?.foreignKeys ?? []
        let detail = group.examples.first?.detail ?? ""
        return keys.firstIndex { detail.hasPrefix("(\($0.columns.joined(separator: ", "))) to \($0.parent)") } ?? 0
    }

    /// The column's whole line with the first type that every value survives in; with the values' text where only
    /// that helps; and where nothing does, the source is to be mended.
    private func typeLine(_ path: String, _ group: HazardGroup) throws -> String {
        let mend = "mend the rows in the source"
        guard let name = group.column, let table = manifest.tables.first(where: { $0.source == group.table }),
            var column = table.column(name)
        else { return mend }
        let asText = ColumnMapping(source: name, type: .text, repairs: [.asText])
        let (judge, repairer) = (CellJudge(), Repairer())
        var profile = ColumnProfile(declared: nil)
        var isReadable = true
        let cursor = try file.rows("SELECT \(SQL.quoted(name)) FROM \(SQL.quoted(group.table))")
        while try cursor.next() {
            profile.see(cursor.cell(0), judge: judge)
            isReadable = isReadable && repairer.fitting(cursor.cell(0), asText) != nil
        }
        let isTenant = table.tenant == .column(name)
        let codec = profile.survivor { !isTenant || $0.canNameTenant }
        // A repair could make two values of a key one.
        let isKey = ([table.key] + table.uniqueKeys).contains { $0.contains(name) }
        guard codec != nil || (isReadable && !isKey) else { return mend }
        column.type = codec?.type ?? .text
        column.form = codec.flatMap { $0.type.hasForms ? $0.form : nil } ?? ColumnMapping.usualForm(of: column.type)
        column.repairs = codec == nil ? [.asText] : []
        column.isIdentity = column.isIdentity && column.type == .bigint
        let declared = schema.table(table.source)?.column(name)?.defaultText
        column.defaultSQL = DefaultText.portable(declared, for: column.type)
        let warning = codec == nil ? "    # changes numbers into their text, counted" : ""
        return "\(path): \(ManifestWriter.fields(of: column))\(warning)"
    }
}

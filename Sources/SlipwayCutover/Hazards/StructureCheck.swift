/// Hazards that stand in the source's definitions and in the manifest, before any row is read.
struct StructureCheck {
    let manifest: Manifest
    let schema: SourceSchema

    func hazards() -> [Hazard] {
        var found: [Hazard] = []
        found += schema.views.map { Hazard(kind: .view, table: $0) }
        found += schema.triggers.map { Hazard(kind: .trigger, table: $0) }
        found += schema.virtualTables.map { Hazard(kind: .virtualTable, table: $0) }
        found += collisions(of: manifest.included.map { ($0.source, $0.target) }, table: nil)
        for table in schema.tables where !manifest.included.contains(where: { $0.source == table.name }) {
            found.append(Hazard(kind: .leftOut, table: table.name))
        }
        for table in manifest.included {
            guard let source = schema.table(table.source) else { continue }
            found += names(table) + leftBehind(table, source) + keys(table, source) + tenants(table) + relations(table)
        }
        return found
    }

    private func names(_ table: TableMapping) -> [Hazard] {
        var found = name(table.target, table.source, column: nil)
        for column in table.columns { found += name(column.target, table.source, column: column.source) }
        var columns = table.columns.map { ($0.source, $0.target) }
        if case .constant(_, let name) = table.tenant { columns.append(("the tenant's column", name)) }
        if table.carriesRowID { columns.append(("the carried rowid", TableMapping.rowIDColumn)) }
        found += table.columns.filter { ReservedWords.systemColumns.contains($0.target) }.map {
            Hazard(
                kind: .nameCollision, table: table.source, column: $0.source,
                detail: "every table of PostgreSQL has a system column \($0.target)")
        }
        return found + collisions(of: columns, table: table.source)
    }

    private func name(_ name: String, _ table: String, column: String?) -> [Hazard] {
        if name.utf8.count > 63 || name.isEmpty {
            return [Hazard(kind: .nameLength, table: table, column: column, detail: "\(name.utf8.count) bytes")]
        }
        if ReservedWords.all.contains(name.lowercased()) {
            return [Hazard(kind: .reservedName, table: table, column: column)]
        }
        let isPlain = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
        return isPlain ? [] : [Hazard(kind: .caseFolding, table: table, column: column)]
    }

    private func collisions(of names: [(source: String, target: String)], table: String?) -> [Hazard] {
        Dictionary(grouping: names, by: \.target).values.filter { $0.count > 1 }.map { same in
            let all = same.map(\.source).sorted().joined(separator: " and ")
            return Hazard(
                kind: .nameCollision, table: table ?? same[0].source, column: table == nil ? nil : same[0].source,
                detail: "\(all) are both \(same[0].target)")
        }
    }

    private func leftBehind(_ table: TableMapping, _ source: SourceTable) -> [Hazard] {
        var found = source.columns.filter(\.isGenerated).map {
            Hazard(kind: .generatedColumn, table: table.source, column: $0.name)
        }
        found += source.columns.filter { !$0.isGenerated && table.column($0.name) == nil }.map {
            Hazard(kind: .leftOut, table: table.source, column: $0.name)
        }
        found += source.unportableIndexes.map { Hazard(kind: .index, table: table.source, detail: $0) }
        let kept = Set(table.uniqueKeys + table.indexes)
        found += (source.uniqueKeys + source.indexes).filter { !kept.contains($0) }.map {
            Hazard(kind: .index, table: table.source, detail: "(\($0.joined(separator: ", ")))")
        }
        found += source.foreignKeys.filter { !isKept($0, by: table) }.map { key in
            Hazard(
                kind: .foreignKeyLeft, table: table.source, column: key.columns.first,
                detail: "(\(key.columns.joined(separator: ", "))) to \(key.parent)")
        }
        found += source.clausesLeft.map { Hazard(kind: .clause, table: table.source, detail: $0) }
        if source.hasChecks { found.append(Hazard(kind: .check, table: table.source)) }
        for column in source.columns where !column.isGenerated {
            guard let mapping = table.column(column.name) else { continue }
            if DefaultText.isLeftBehind(column.defaultText, for: mapping.type), !mapping.isIdentity,
                mapping.defaultSQL == nil
            {
                found.append(
                    Hazard(kind: .defaultValue, table: table.source, column: column.name, detail: column.defaultText))
            }
            if let collation = column.collation {
                found.append(Hazard(kind: .collation, table: table.source, column: column.name, detail: collation))
            }
        }
        return found
    }

    /// SQLite takes names in any case, so the same key may be written in two ways.
    private func isKept(_ key: SourceForeignKey, by table: TableMapping) -> Bool {
        table.foreignKeys.contains { mapped in
            mapped.parent.lowercased() == key.parent.lowercased()
                && mapped.columns.map { $0.lowercased() } == key.columns.map { $0.lowercased() }
        }
    }

    private func keys(_ table: TableMapping, _ source: SourceTable) -> [Hazard] {
        if table.key.isEmpty { return [Hazard(kind: .missingKey, table: table.source)] }
        guard table.carriesRowID, source.rowIDName == nil else { return [] }
        return [Hazard(kind: .missingKey, table: table.source, detail: "it has no rowid to carry")]
    }

    private func tenants(_ table: TableMapping) -> [Hazard] {
        guard case .column(let name) = table.tenant else { return [] }
        if name.isEmpty {
            return [Hazard(kind: .tenantMissing, table: table.source, detail: "the table has no such column")]
        }
        guard let type = table.column(name)?.type, !type.canNameTenant else { return [] }
        return [
            Hazard(
                kind: .tenantMissing, table: table.source, column: name,
                detail: "a tenant is text or an integer, not \(type.sql)")
        ]
    }

    /// Foreign keys that PostgreSQL could not declare: no such parent, no unique key there, or other types.
    private func relations(_ table: TableMapping) -> [Hazard] {
        var found: [Hazard] = []
        for key in table.foreignKeys {
            let left = "(\(key.columns.joined(separator: ", "))) to \(key.parent)"
            guard key.isEnforced else {
                found.append(
                    Hazard(kind: .foreignKeyLeft, table: table.source, column: key.columns.first, detail: left))
                continue
            }
            guard let parent = manifest.included.first(where: { $0.source == key.parent }) else { continue }
            let label = "(\(key.columns.joined(separator: ", "))) to \(key.parent)"
            let unique = [parent.key] + parent.uniqueKeys
            if !unique.contains(where: { Set($0) == Set(key.parentColumns) }) {
                found.append(
                    Hazard(
                        kind: .foreignKey, table: table.source, column: key.columns.first,
                        detail: "\(label): the parent's columns are not unique"))
                continue
            }
            for (child, other) in zip(key.columns, key.parentColumns) {
                let types = (table.column(child)?.type, parent.column(other)?.type)
                if types.0 != types.1 {
                    found.append(
                        Hazard(
                            kind: .foreignKey, table: table.source, column: child,
                            detail: "\(label): \(types.0?.sql ?? "?") refers to \(types.1?.sql ?? "?")"))
                }
            }
            if key.onUpdate.hasPrefix("SET"), TenantPair(child: table, parent: parent, key).addsTenant {
                found.append(
                    Hazard(
                        kind: .foreignKeyLeft, table: table.source, column: key.columns.first,
                        detail: "\(left): ON UPDATE \(key.onUpdate) would clear the tenant too"))
            }
            if TenantPair(child: table, parent: parent, key).addsTenant, tenantType(table) != tenantType(parent) {
                found.append(
                    Hazard(
                        kind: .foreignKey, table: table.source, column: key.columns.first,
                        detail: "\(label): the tenants' columns have different types"))
            }
        }
        return found
    }

    private func tenantType(_ table: TableMapping) -> ColumnType? {
        if case .column(let name) = table.tenant { table.column(name)?.type } else { .text }
    }
}

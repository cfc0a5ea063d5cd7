import SlipwaySQL

/// The steps of one table.
struct TableRunbook {
    private let table: TableMapping
    private let manifest: Manifest
    private let names: TargetNames

    init(_ table: TableMapping, _ manifest: Manifest, _ names: TargetNames) {
        self.table = table
        self.manifest = manifest
        self.names = names
    }

    private var name: String { names.table(table.target) }

    var structure: RunbookStep {
        let body = TableDefinition(table, names).columns.map { "    \($0)" }.joined(separator: ",\n")
        return RunbookStep(
            id: "table \(table.source)", phase: .structure, tables: [],
            statements: [
                "CREATE TABLE \(name) (\n\(body)\n)",
                "ALTER TABLE \(name) ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE \(name) FORCE ROW LEVEL SECURITY",
                policy,
            ])
    }

    private var policy: String {
        guard let column = table.tenantColumn else {
            return "CREATE POLICY slipway_shared ON \(name) FOR SELECT USING (true)"
        }
        let mine = "\(SQL.quoted(column)) = (SELECT \(TableDefinition(table, names).currentTenant))"
        return "CREATE POLICY slipway_tenant ON \(name)\n    USING (\(mine))\n    WITH CHECK (\(mine))"
    }

    /// Primary key, unique keys and indexes, each its own step so that a restart repeats at most one.
    var keys: [RunbookStep] {
        var steps = [step("key", ["ALTER TABLE \(name) ADD PRIMARY KEY (\(PostgresText.list(primaryKey)))"])]
        for columns in uniqueKeys where columns != primaryKey {
            let list = PostgresText.list(columns)
            steps.append(step("unique \(list)", ["ALTER TABLE \(name) ADD UNIQUE (\(list))"]))
        }
        for columns in indexes {
            let list = PostgresText.list(columns)
            steps.append(step("index \(list)", ["CREATE INDEX ON \(name) (\(list))"]))
        }
        // Enough for the policies' plans; the server's own upkeep takes the rest when the application is there.
        let measured = (primaryKey + [table.tenantColumn].compactMap { $0 }).reduce(into: [String]()) { list, column in
            if !list.contains(column) { list.append(column) }
        }
        steps.append(step("statistics", ["ANALYZE \(name) (\(PostgresText.list(measured)))"]))
        return steps
    }

    /// Foreign keys, checked against every row, and sequences set past every number given out.
    var relations: [RunbookStep] {
        var steps: [RunbookStep] = []
        for key in table.foreignKeys where key.isEnforced {
            guard let parent = manifest.included.first(where: { $0.source == key.parent }) else { continue }
            steps.append(foreignKey(key, parent))
        }
        let identities = table.columns.filter(\.isIdentity).map(\.target)
        for column in identities + (table.carriesRowID ? [TableMapping.rowIDColumn] : []) {
            let sequence = "pg_get_serial_sequence(\(PostgresText.literal(name)), \(PostgresText.literal(column)))"
            let largest = "(SELECT coalesce(max(\(SQL.quoted(column))), 0) FROM \(name))"
            let isUsed = "\(table.sequence ?? 0) > 0 OR EXISTS (SELECT 1 FROM \(name))"
            steps.append(
                RunbookStep(
                    id: "sequence \(table.source).\(column)", phase: .relations, tables: [table.target],
                    statements: [
                        "SELECT setval(\(sequence), greatest(\(table.sequence ?? 0), \(largest), 1), \(isUsed))"
                    ]))
        }
        return steps
    }

    private func foreignKey(_ key: ForeignKeyMapping, _ parent: TableMapping) -> RunbookStep {
        let pair = TenantPair(child: table, parent: parent, key)
        var text = "ALTER TABLE \(name) ADD FOREIGN KEY (\(PostgresText.list(pair.columns)))"
        text += " REFERENCES \(names.table(parent.target)) (\(PostgresText.list(pair.parentColumns)))"
        if key.onDelete != "NO ACTION" {
            text += " ON DELETE \(key.onDelete)"
            // Only the reference is cleared: the row stays its tenant's.
            if key.onDelete.hasPrefix("SET"), pair.addsTenant {
                text += " (\(PostgresText.list(key.columns.map(table.targetName))))"
            }
        }
        if key.onUpdate != "NO ACTION", !(key.onUpdate.hasPrefix("SET") && pair.addsTenant) {
            text += " ON UPDATE \(key.onUpdate)"
        }
        return RunbookStep(
            id: "foreign key \(table.source) (\(key.columns.joined(separator: ", "))) to \(key.parent)",
            phase: .relations, tables: [table.target, parent.target], statements: [text])
    }

    /// The source's key; for a constant tenant with the tenant in front, so that a second tenant's rows fit in.
    private var primaryKey: [String] {
        let key = table.key.map(table.targetName)
        guard case .constant(_, let column) = table.tenant else { return key }
        return [column] + key
    }

    private var uniqueKeys: [[String]] {
        var keys: [[String]] = table.uniqueKeys.map { columns in
            let columns = columns.map(table.targetName)
            if case .constant(_, let tenant) = table.tenant { return [tenant] + columns }
            return columns
        }
        for other in manifest.included {
            for key in other.foreignKeys where key.isEnforced && key.parent == table.source {
                let wanted = TenantPair(child: other, parent: table, key).parentColumns
                let exists = (keys + [primaryKey]).contains { Set($0) == Set(wanted) }
                if !exists { keys.append(wanted) }
            }
        }
        return keys
    }

    /// The source's indexes, and one that leads to a tenant's rows when no key does.
    private var indexes: [[String]] {
        var indexes = table.indexes.map { $0.map(table.targetName) }
        if let tenant = table.tenantColumn {
            let leads = ([primaryKey] + uniqueKeys + indexes).contains { $0.first == tenant }
            if !leads { indexes.append([tenant]) }
        }
        return indexes
    }

    private func step(_ what: String, _ statements: [String]) -> RunbookStep {
        RunbookStep(id: "\(what) of \(table.source)", phase: .keys, tables: [table.target], statements: statements)
    }
}

/// A foreign key between two tenants' tables carries the tenant, so that no row can refer into another tenant:
/// PostgreSQL checks foreign keys without regard to policies.
struct TenantPair {
    let columns: [String]
    let parentColumns: [String]
    let addsTenant: Bool

    init(child: TableMapping, parent: TableMapping, _ key: ForeignKeyMapping) {
        let columns = key.columns.map(child.targetName)
        let parentColumns = key.parentColumns.map(parent.targetName)
        guard let childTenant = child.tenantColumn, let parentTenant = parent.tenantColumn,
            !columns.contains(childTenant), !parentColumns.contains(parentTenant)
        else {
            self.columns = columns
            self.parentColumns = parentColumns
            addsTenant = false
            return
        }
        self.columns = [childTenant] + columns
        self.parentColumns = [parentTenant] + parentColumns
        addsTenant = true
    }
}

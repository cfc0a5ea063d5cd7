import SlipwaySQL

/// The columns of a target table, in the order every COPY of it has them.
struct TableDefinition {
    private let table: TableMapping
    private let names: TargetNames

    init(_ table: TableMapping, _ names: TargetNames) {
        self.table = table
        self.names = names
    }

    /// Names in the order of the row: a constant tenant first, then a carried rowid, then the source's columns.
    static func columnNames(of table: TableMapping) -> [String] {
        var names: [String] = []
        if case .constant(_, let column) = table.tenant { names.append(column) }
        if table.carriesRowID { names.append(TableMapping.rowIDColumn) }
        return names + table.columns.map(\.target)
    }

    var columns: [String] {
        var lines: [String] = []
        if case .constant(_, let column) = table.tenant {
            lines.append("\(SQL.quoted(column)) text COLLATE \"C\" NOT NULL DEFAULT \(currentTenant)")
        }
        if table.carriesRowID {
            lines.append("\(SQL.quoted(TableMapping.rowIDColumn)) bigint NOT NULL")
        }
        return lines + table.columns.map(line)
    }

    private func line(_ column: ColumnMapping) -> String {
        var text = "\(SQL.quoted(column.target)) \(column.type.sql)"
        if column.type == .text { text += " COLLATE \"C\"" }
        let isTenant = table.tenant == .column(column.source)
        if column.isRequired || column.isIdentity || isTenant || table.key.contains(column.source) {
            text += " NOT NULL"
        }
        if let value = column.defaultSQL, !column.isIdentity { text += " DEFAULT \(value)" }
        return text
    }

    /// The tenant of the transaction, NULL when none is named: NULL equals no row's tenant.
    var currentTenant: String {
        let setting = "nullif(current_setting(\(PostgresText.literal(names.tenantSetting)), true), '')"
        guard case .column(let source) = table.tenant, let type = table.column(source)?.type, type != .text else {
            return setting
        }
        return "\(setting)::\(type.sql)"
    }
}

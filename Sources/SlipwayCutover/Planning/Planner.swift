package import SlipwaySQLite

/// What the person asked for on the command line.
package struct PlanRequest: Sendable {
    package enum Tenant: Sendable {
        case constant(String)
        case column(String)
    }

    package enum Names: String, CaseIterable, Sendable {
        /// Every name as the source has it.
        case preserve
        /// ASCII letters in lower case, as unquoted SQL has them.
        case lower
    }

    package var name: String
    package var sourceKind: Manifest.SourceReference.Kind
    package var sourcePath: String
    package var targetURL: String
    package var tenant: Tenant
    package var names: Names
    package var schema: String?

    package init(
        name: String, sourceKind: Manifest.SourceReference.Kind, sourcePath: String, targetURL: String, tenant: Tenant,
        names: Names = .preserve, schema: String? = nil
    ) {
        self.name = name
        self.sourceKind = sourceKind
        self.sourcePath = sourcePath
        self.targetURL = targetURL
        self.tenant = tenant
        self.names = names
        self.schema = schema
    }
}

/// Turns a source and a request into the manifest a person reviews.
package struct Planner {
    private let request: PlanRequest
    private let file: SQLiteFile
    private let schema: SourceSchema

    package init(_ request: PlanRequest, file: SQLiteFile, schema: SourceSchema) {
        self.request = request
        self.file = file
        self.schema = schema
    }

    /// Reads every value once; `progress` is told each table before it is read.
    package func manifest(progress: (String) -> Void = { _ in }) throws -> Manifest {
        let schemaName = request.schema ?? Planner.identifier(request.name)
        let order = ParentsFirst.order(schema.tables)
        let tables = try order.map { table in
            progress(table.name)
            return try mapping(of: table)
        }
        let manifest = Manifest(
            name: request.name,
            source: .init(kind: request.sourceKind, path: request.sourcePath, schemaDigest: schema.digest),
            target: .init(
                url: request.targetURL, schema: schemaName, ownerRole: "\(schemaName)_owner",
                applicationRole: "\(schemaName)_app", tenantSetting: "slipway.tenant", tlsFingerprint: nil,
                allowsPlaintext: false),
            tables: tables)
        return manifest
    }

    /// The manifest's text, with each column's declared type beside it.
    package func text(of manifest: Manifest) -> String {
        let declared = schema.tables.map { table in
            (
                table.name,
                Dictionary(table.columns.map { ($0.name, $0.declaredType) }, uniquingKeysWith: { first, _ in first })
            )
        }
        return ManifestWriter.text(of: manifest, declared: Dictionary(uniqueKeysWithValues: declared))
    }

    private func mapping(of table: SourceTable) throws -> TableMapping {
        let profiles = try TableProfile.columns(of: table, in: file)
        let columns = table.columns.filter { !$0.isGenerated }.map { column in
            mapping(of: column, in: table, profiles[column.name])
        }
        let travelling = Set(columns.map(\.source))
        let keep = { (lists: [[String]]) in lists.filter { $0.allSatisfy(travelling.contains) } }
        return TableMapping(
            source: table.name, target: named(table.name), group: BatchGroups.group(of: table.name),
            tenant: tenant(of: table), key: table.primaryKey, columns: columns, uniqueKeys: keep(table.uniqueKeys),
            indexes: keep(table.indexes),
            foreignKeys: foreignKeys(of: table).filter { $0.columns.allSatisfy(travelling.contains) },
            isExcluded: false,
            sequence: table.sequence)
    }

    private func mapping(of column: SourceColumn, in table: SourceTable, _ profile: ColumnProfile?) -> ColumnMapping {
        let isIdentity = table.rowIDAlias == column.name
        let codec = profile?.choice ?? ColumnCodec(type: .text, form: .text, format: TimestampFormat())
        let isTenant = tenant(of: table) == .column(column.name)
        let type = isIdentity ? .bigint : isTenant && !codec.type.canNameTenant ? .text : codec.type
        return ColumnMapping(
            source: column.name, target: named(column.name), type: type,
            form: type == codec.type && type.hasForms ? codec.form : nil,
            format: codec.format,
            isRequired: column.isRequired || isIdentity,
            isIdentity: isIdentity, defaultSQL: DefaultText.portable(column.defaultText, for: type))
    }

    private func tenant(of table: SourceTable) -> TenantRule {
        switch request.tenant {
        case .column(let name):
            let match = table.columns.first { $0.name.lowercased() == name.lowercased() && !$0.isGenerated }
            return .column(match?.name ?? "")
        case .constant(let value):
            let taken = Set(table.columns.map { $0.name.lowercased() })
            let free = ["tenant_id", "slipway_tenant", "slipway_tenant_id"].first { !taken.contains($0) }
            return .constant(value, column: free ?? "tenant_id")
        }
    }

    private func foreignKeys(of table: SourceTable) -> [ForeignKeyMapping] {
        table.foreignKeys.map { key in
            let parent = schema.tables.first { $0.name.lowercased() == key.parent.lowercased() }
            let parentColumns = key.parentColumns.isEmpty ? parent?.primaryKey ?? [] : key.parentColumns
            let spelled = parentColumns.map { name in
                parent?.columns.first { $0.name.lowercased() == name.lowercased() }?.name ?? name
            }
            return ForeignKeyMapping(
                columns: key.columns.map { name in
                    table.columns.first { $0.name.lowercased() == name.lowercased() }?.name ?? name
                },
                parent: parent?.name ?? key.parent, parentColumns: spelled,
                onDelete: key.onDelete, onUpdate: key.onUpdate,
                isEnforced: parent != nil && spelled.count == key.columns.count && !spelled.isEmpty)
        }
    }

    private func named(_ name: String) -> String {
        request.names == .lower ? Self.folded(name) : name
    }

    /// As PostgreSQL folds a name without quotes: letters of ASCII only.
    private static func folded(_ name: String) -> String {
        let scalars = name.unicodeScalars.map { scalar in
            ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// A plain lower-case name for the schema and the roles.
    static func identifier(_ name: String) -> String {
        let plain = name.lowercased().unicodeScalars.map { scalar in
            ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? Character(scalar) : "_"
        }
        let text = String(plain).prefix(40)
        return text.first?.isNumber ?? true ? "app_\(text)" : String(text)
    }
}

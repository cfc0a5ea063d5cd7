import SlipwayDomain

/// Writes a manifest as YAML a person can read, review and edit.
struct ManifestWriter {
    private var lines: [String] = []

    /// The text of a manifest; `notes` are comments that stand above a table's name.
    static func text(of manifest: Manifest, declared: [String: [String: String]] = [:]) -> String {
        var writer = ManifestWriter()
        writer.head(manifest)
        for table in manifest.tables { writer.table(table, declared: declared[table.source] ?? [:]) }
        return writer.lines.joined(separator: "\n") + "\n"
    }

    private mutating func head(_ manifest: Manifest) {
        lines += [
            "# What Slipway moves, where to, and as what. Review it, edit it, keep it with the release.",
            "# Every stage obeys this file and nothing else; docs/manifest.md explains each line.",
            "manifest: \(Manifest.version)",
            "cutover: \(Self.scalar(manifest.name))",
            "source:",
            "  \(manifest.source.kind.rawValue): \(Self.scalar(manifest.source.path))",
            "  schema_digest: \(Self.scalar(manifest.source.schemaDigest))",
            "target:",
            "  url: \(Self.scalar(manifest.target.url))",
            "  schema: \(Self.scalar(manifest.target.schema))",
            "  owner_role: \(Self.scalar(manifest.target.ownerRole))",
            "  application_role: \(Self.scalar(manifest.target.applicationRole))",
            "  tenant_setting: \(Self.scalar(manifest.target.tenantSetting))",
        ]
        if let pin = manifest.target.tlsFingerprint { lines.append("  tls_fingerprint: \(Self.scalar(pin))") }
        if manifest.target.allowsPlaintext { lines.append("  allow_plaintext: true") }
        lines.append("tables:")
    }

    private mutating func table(_ table: TableMapping, declared: [String: String]) {
        lines.append("  \(Self.scalar(table.source)):")
        if table.isExcluded { lines.append("    exclude: true") }
        if table.target != table.source { lines.append("    name: \(Self.scalar(table.target))") }
        lines.append("    group: \(table.group.rawValue)")
        lines.append("    tenant: \(Self.tenant(table.tenant))")
        lines.append("    key: \(Self.list(table.key))")
        if let sequence = table.sequence { lines.append("    sequence: \(sequence)") }
        lines.append("    columns:")
        for column in table.columns { self.column(column, declared: declared[column.source]) }
        if !table.uniqueKeys.isEmpty {
            lines.append("    unique: [\(table.uniqueKeys.map(Self.list).joined(separator: ", "))]")
        }
        if !table.indexes.isEmpty {
            lines.append("    indexes: [\(table.indexes.map(Self.list).joined(separator: ", "))]")
        }
        if !table.foreignKeys.isEmpty {
            lines.append("    foreign_keys:")
            for key in table.foreignKeys { lines.append("      - \(Self.foreignKey(key))") }
        }
    }

    private mutating func column(_ column: ColumnMapping, declared: String?) {
        let comment = declared.map { "  # declared \($0.isEmpty ? "without a type" : $0)" } ?? ""
        lines.append("      \(Self.scalar(column.source)): \(Self.fields(of: column))\(Self.oneLine(comment))")
    }

    /// A column's line without its name.
    static func fields(of column: ColumnMapping) -> String {
        var fields = ["type: \(scalar(column.type.sql))"]
        if column.target != column.source { fields.insert("name: \(scalar(column.target))", at: 0) }
        if column.form != ColumnMapping.usualForm(of: column.type) { fields.append("form: \(column.form.rawValue)") }
        if column.type == .timestamp || column.type == .timestamptz {
            fields.append("format: \(scalar(column.format.description))")
        }
        if column.isRequired { fields.append("required: true") }
        if column.isIdentity { fields.append("identity: true") }
        if let text = column.defaultSQL { fields.append("default: \(scalar(text))") }
        if !column.repairs.isEmpty { fields.append("repair: \(list(column.repairs.map(\.rawValue)))") }
        return "{\(fields.joined(separator: ", "))}"
    }

    private static func tenant(_ rule: TenantRule) -> String {
        switch rule {
        case .column(let name): "{column: \(scalar(name))}"
        case .constant(let value, let column): "{constant: \(scalar(value)), column: \(scalar(column))}"
        case .shared: "shared"
        }
    }

    private static func foreignKey(_ key: ForeignKeyMapping) -> String {
        var fields = [
            "columns: \(list(key.columns))", "parent: \(scalar(key.parent))",
            "parent_columns: \(list(key.parentColumns))",
        ]
        if key.onDelete != "NO ACTION" { fields.append("on_delete: \(scalar(key.onDelete))") }
        if key.onUpdate != "NO ACTION" { fields.append("on_update: \(scalar(key.onUpdate))") }
        if !key.isEnforced { fields.append("enforce: false") }
        return "{\(fields.joined(separator: ", "))}"
    }

    private static func list(_ items: [String]) -> String {
        "[\(items.map(scalar).joined(separator: ", "))]"
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }

    /// Plain where YAML would read the same string back, quoted as JSON otherwise.
    static func scalar(_ text: String) -> String {
        let plainFirst = text.utf8.first.map { (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2F || $0 == 0x2E } ?? false
        let isPlain = text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
                || [0x2D, 0x2E, 0x2F, 0x5F].contains(byte)
        }
        let reserved = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", ".nan", ".inf"]
        if plainFirst, isPlain, !reserved.contains(text.lowercased()) { return text }
        return "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    private static func escaped(_ scalar: UnicodeScalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\t": return "\\t"
        case _
        where scalar.value < 0x20 || scalar.value == 0x7F || (0x80..<0xA0).contains(scalar.value)
            || scalar.value == 0x2028 || scalar.value == 0x2029 || scalar.value == 0xFEFF:
            let hex = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: return String(Character(scalar))
        }
    }
}

import SlipwayDomain
import SlipwayYAML

/// Reads a manifest and refuses whatever it does not know: a misspelt key is an error with its line, never a
/// setting that is silently not applied.
struct ManifestReader {
    static func manifest(from text: String) throws -> Manifest {
        let root = try YAMLNode(parsing: text, document: "the manifest")
        let map = try root.map(["manifest", "cutover", "source", "target", "tables"])
        let version = try map.required("manifest").text()
        guard version == Manifest.version else {
            throw try map.required("manifest").error("is \(version); this Slipway reads \(Manifest.version)")
        }
        let manifest = Manifest(
            name: try map.required("cutover").text(),
            source: try source(map.required("source")),
            target: try target(map.required("target")),
            tables: try map.required("tables").entries().map { try table($0.key, $0.value) })
        try ManifestChecks.check(manifest)
        return manifest
    }

    private static func source(_ node: YAMLNode) throws -> Manifest.SourceReference {
        let map = try node.map(["sqlite", "jsonl", "schema_digest"])
        let digest = try map.required("schema_digest").text()
        switch (map.optional("sqlite"), map.optional("jsonl")) {
        case (let sqlite?, nil): return .init(kind: .sqlite, path: try sqlite.text(), schemaDigest: digest)
        case (nil, let jsonl?): return .init(kind: .jsonl, path: try jsonl.text(), schemaDigest: digest)
        default: throw node.error("name one source: `sqlite: FILE` or `jsonl: FOLDER`")
        }
    }

    private static func target(_ node: YAMLNode) throws -> Manifest.TargetReference {
        let map = try node.map([
            "url", "schema", "owner_role", "application_role", "tenant_setting", "tls_fingerprint", "allow_plaintext",
        ])
        return .init(
            url: try map.required("url").text(), schema: try map.required("schema").text(),
            ownerRole: try map.required("owner_role").text(),
            applicationRole: try map.required("application_role").text(),
            tenantSetting: try map.optional("tenant_setting")?.text() ?? "slipway.tenant",
            tlsFingerprint: try map.optional("tls_fingerprint")?.text(),
            allowsPlaintext: try map.optional("allow_plaintext")?.bool() ?? false)
    }

    private static func table(_ name: String, _ node: YAMLNode) throws -> TableMapping {
        let map = try node.map([
            "exclude", "name", "group", "tenant", "key", "sequence", "columns", "unique", "indexes", "foreign_keys",
        ])
        let groupNode = map.optional("group")
        let group = try groupNode?.choice(BatchGroup.self) ?? .operations
        return TableMapping(
            source: name, target: try map.optional("name")?.text() ?? name, group: group,
            tenant: try tenant(map.required("tenant")), key: try map.required("key").texts(),
            columns: try map.required("columns").entries().map { try column($0.key, $0.value) },
            uniqueKeys: try map.optional("unique")?.items().map { try $0.texts() } ?? [],
            indexes: try map.optional("indexes")?.items().map { try $0.texts() } ?? [],
            foreignKeys: try map.optional("foreign_keys")?.items().map(foreignKey) ?? [],
            isExcluded: try map.optional("exclude")?.bool() ?? false,
            sequence: try map.optional("sequence")?.integer())
    }

    private static func tenant(_ node: YAMLNode) throws -> TenantRule {
        if node.isScalar {
            guard try node.text() == "shared" else {
                throw node.error("is `shared`, `{column: NAME}` or `{constant: VALUE, column: NAME}`")
            }
            return .shared
        }
        let map = try node.map(["column", "constant"])
        guard let constant = map.optional("constant") else { return .column(try map.required("column").text()) }
        return .constant(try constant.text(), column: try map.optional("column")?.text() ?? "tenant_id")
    }

    private static func column(_ name: String, _ node: YAMLNode) throws -> ColumnMapping {
        let map = try node.map(["name", "type", "form", "format", "required", "identity", "default", "repair"])
        let typeNode = try map.required("type")
        guard try typeNode.text().lowercased() != "jsonb" else {
            throw typeNode.error(
                "jsonb rewrites its text, so nothing in it is bit-exact: use json, and alter the type after the cutover"
            )
        }
        guard let type = ColumnType(manifest: try typeNode.text()) else {
            throw typeNode.error("is not a type Slipway maps to; one of \(ColumnType.all.joined(separator: ", "))")
        }
        var format = TimestampFormat()
        if let node = map.optional("format") {
            guard let read = TimestampFormat(manifest: try node.text()) else {
                throw node.error("is not a format; write it as YYYY-MM-DD HH:MM:SS, with T, .ffffff and Z as needed")
            }
            format = read
        }
        return ColumnMapping(
            source: name, target: try map.optional("name")?.text(), type: type,
            form: try map.optional("form")?.choice(ColumnMapping.Form.self), format: format,
            repairs: try map.optional("repair")?.items().map { try $0.choice(Repair.self) } ?? [],
            isRequired: try map.optional("required")?.bool() ?? false,
            isIdentity: try map.optional("identity")?.bool() ?? false,
            defaultSQL: try map.optional("default")?.text())
    }

    private static func foreignKey(_ node: YAMLNode) throws -> ForeignKeyMapping {
        let map = try node.map(["columns", "parent", "parent_columns", "on_delete", "on_update", "enforce"])
        return ForeignKeyMapping(
            columns: try map.required("columns").texts(), parent: try map.required("parent").text(),
            parentColumns: try map.required("parent_columns").texts(),
            onDelete: try map.optional("on_delete")?.action() ?? "NO ACTION",
            onUpdate: try map.optional("on_update")?.action() ?? "NO ACTION",
            isEnforced: try map.optional("enforce")?.bool() ?? true)
    }
}

extension YAMLNode {
    fileprivate func action() throws -> String {
        let text = try text().uppercased()
        guard ["NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"].contains(text) else {
            throw error("is not an action of a foreign key")
        }
        return text
    }
}

import SlipwayYAML

/// What must hold between the parts of a manifest before any stage starts on it.
enum ManifestChecks {
    static func check(_ manifest: Manifest) throws {
        guard !manifest.name.isEmpty else { throw fault("cutover", "needs a name") }
        // The records stand beside it, in a schema named slipway_ and this.
        guard !manifest.target.schema.isEmpty, manifest.target.schema.utf8.count <= 55 else {
            throw fault("target.schema", "must have 1 to 55 bytes")
        }
        guard manifest.target.ownerRole != manifest.target.applicationRole else {
            throw fault(
                "target.application_role", "must differ from the owner role, or row-level security protects nothing")
        }
        let setting = manifest.target.tenantSetting
        guard setting.split(separator: ".").count == 2, setting.allSatisfy({ $0.isLetter || $0 == "_" || $0 == "." })
        else {
            throw fault("target.tenant_setting", "must look like slipway.tenant")
        }
        for table in manifest.included { try check(table, in: manifest) }
    }

    private static func check(_ table: TableMapping, in manifest: Manifest) throws {
        let path = "tables.\(table.source)"
        guard !table.columns.isEmpty else { throw fault("\(path).columns", "names no column") }
        let known = Set(table.columns.map(\.source))
        for column in table.key where !known.contains(column) && !table.carriesRowID {
            throw fault("\(path).key", "names \(column), which is not among the columns")
        }
        if case .column(let column) = table.tenant, !known.contains(column), !column.isEmpty {
            throw fault("\(path).tenant", "names \(column), which is not among the columns")
        }
        for columns in table.uniqueKeys + table.indexes + table.foreignKeys.map(\.columns) {
            for column in columns where !known.contains(column) {
                throw fault(path, "a constraint or index names \(column), which is not among the columns")
            }
        }
        for key in table.foreignKeys where key.isEnforced {
            guard key.columns.count == key.parentColumns.count else {
                throw fault("\(path).foreign_keys", "has \(key.columns.count) columns for \(key.parentColumns.count)")
            }
            guard let parent = manifest.included.first(where: { $0.source == key.parent }) else {
                throw fault(
                    "\(path).foreign_keys",
                    "refers to \(key.parent), which does not travel: set enforce: false, or include it")
            }
            for column in key.parentColumns where parent.column(column) == nil {
                throw fault("\(path).foreign_keys", "refers to \(key.parent).\(column), which does not travel")
            }
        }
    }

    private static func fault(_ path: String, _ problem: String) -> DocumentError {
        DocumentError(document: "the manifest", path: path, problem: problem)
    }
}

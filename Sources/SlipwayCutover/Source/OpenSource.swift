package import SlipwaySQLite

/// A source that is open for one stage: its file, what it declares, and the state it was in.
package struct OpenSource {
    package let file: SQLiteFile
    package let schema: SourceSchema
    package let fingerprint: SourceFingerprint
    private let version: Int64

    /// Opens a database file and reads its schema.
    package init(path: String) throws {
        fingerprint = try SourceFingerprint(of: path)
        file = try SQLiteFile(path)
        schema = try SchemaReader(file: file).schema()
        version = try file.dataVersion()
    }

    /// Opens the source of a manifest; throws `schemaChanged` when its definitions are not the planned ones.
    package init(path: String, for manifest: Manifest) throws {
        try self.init(path: path)
        guard schema.digest == manifest.source.schemaDigest else {
            throw CutoverError.schemaChanged(
                "planned for \(manifest.source.schemaDigest.prefix(19))…, found \(schema.digest.prefix(19))…")
        }
    }

    /// Throws when another process has committed to the source since it was opened.
    func requireUnwritten() throws {
        guard try file.dataVersion() == version else { throw CutoverError.sourceWritten }
    }
}

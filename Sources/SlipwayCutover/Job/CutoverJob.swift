package import SlipwayDomain
package import SlipwayPostgres

/// One cutover as a stage needs it: the manifest that was reviewed, and the places it names, resolved.
package struct CutoverJob: Sendable {
    package let manifest: Manifest
    /// SHA-256 of the manifest file's bytes: any edit makes another cutover of it.
    package let manifestDigest: Digest
    /// The database file the stages read: the source itself, or what was staged from JSON Lines.
    package let sourcePath: String
    package let target: PostgresAddress

    package init(manifest: Manifest, manifestDigest: Digest, sourcePath: String, target: PostgresAddress) {
        self.manifest = manifest
        self.manifestDigest = manifestDigest
        self.sourcePath = sourcePath
        self.target = target
    }

    var names: TargetNames { TargetNames(manifest.target) }

    package func openSource() throws -> OpenSource {
        try OpenSource(path: sourcePath, for: manifest)
    }

    /// Reads a manifest's text.
    package static func manifest(from text: String) throws -> Manifest {
        try ManifestReader.manifest(from: text)
    }
}

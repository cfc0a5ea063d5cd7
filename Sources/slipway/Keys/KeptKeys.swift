import SlipwayDomain

/// The key ring in its file, read anew when the file was replaced: a rotation by another process is seen by the next use.
actor KeptKeys: KeySource {
    private let file: KeyRingFile
    private var ring: KeyRing
    private var stamp: KeyRingFile.Stamp?

    init(_ file: KeyRingFile, _ ring: KeyRing) {
        self.file = file
        self.ring = ring
    }

    func versions() throws(KeyFailure) -> KeyVersions { try current().versions() }

    func wrap(_ key: SecretBytes, context: [UInt8]) throws(KeyFailure) -> WrappedKey {
        try current().wrap(key, context: context)
    }

    func unwrap(_ key: WrappedKey, context: [UInt8]) throws(KeyFailure) -> SecretBytes {
        try current().unwrap(key, context: context)
    }

    private func current() throws(KeyFailure) -> KeyRing {
        let now = file.stamp
        guard now != stamp else { return ring }
        do {
            ring = try file.ring()
        } catch {
            throw .unavailable("\(error)")
        }
        stamp = now
        return ring
    }
}

package import Foundation
package import SlipwayDomain
import SlipwaySQLite

/// A copy of the source as a dry run saw it: what the way back begins with. It is proven by restoring it, and by nothing
/// else.
package struct SourceCheckpoint: Sendable, Hashable {
    /// The copy's file.
    package let path: String
    /// SHA-256 of the file's bytes.
    package let digest: Digest
    package let bytes: Int

    /// Copies the source of a job into a folder. Throws `sourceWritten` when somebody wrote to it since `fingerprint` was
    /// taken: the copy would be of something else.
    package static func make(
        of job: CutoverJob, as fingerprint: String, in folder: URL
    ) throws -> SourceCheckpoint {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let fresh = folder.appending(path: ".\(UUID().uuidString).sqlite")
        defer { try? FileManager.default.removeItem(at: fresh) }
        let source = try job.openSource()
        try source.file.snapshot { try source.file.backup(to: fresh.path) }
        guard try SourceFingerprint(of: job.sourcePath).text == fingerprint else { throw CutoverError.sourceWritten }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: fresh.path)
        let (digest, bytes) = try Self.digest(of: fresh)
        let kept = folder.appending(path: "\(digest.hex).sqlite")
        if !FileManager.default.fileExists(atPath: kept.path) {
            try FileManager.default.moveItem(at: fresh, to: kept)
        }
        return SourceCheckpoint(path: kept.path, digest: digest, bytes: bytes)
    }

    /// The digest of a file's bytes, and how many they are.
    static func digest(of file: URL) throws -> (Digest, Int) {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        var builder = DigestBuilder()
        var count = 0
        while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty {
            builder.update([UInt8](part))
            count += part.count
        }
        return (builder.finalize(), count)
    }

    package init(path: String, digest: Digest, bytes: Int) {
        self.path = path
        self.digest = digest
        self.bytes = bytes
    }
}

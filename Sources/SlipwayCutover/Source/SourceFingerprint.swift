import Foundation
package import SlipwaySQL

/// What changes when a source's files change: sizes and times of the database and its log, and the counters in
/// the database header. Cheap to take; two different ones mean the source was written in between.
package struct SourceFingerprint: Hashable, Sendable {
    package let text: String

    /// Reads the state of the files at `path`; throws `unavailable` when there is no such file.
    package init(of path: String) throws(DatabaseError) {
        guard let main = SourceFingerprint.state(path) else {
            throw .unavailable("\(path) does not exist or cannot be read: name the application's database file")
        }
        text = main + "+" + (SourceFingerprint.state(path + "-wal") ?? "none") + "+" + SourceFingerprint.counters(path)
    }

    private static func state(_ path: String) -> String? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        if path.hasSuffix("-wal"), info.st_size == 0 { return nil }
        return "\(info.st_size)@\(info.st_mtim.tv_sec).\(info.st_mtim.tv_nsec)"
    }

    /// The file change counter and the schema cookie of the header.
    private static func counters(_ path: String) -> String {
        guard let file = fopen(path, "rb") else { return "none" }
        defer { fclose(file) }
        var header = [UInt8](repeating: 0, count: 100)
        guard fread(&header, 1, 100, file) == 100 else { return "none" }
        let counter = header[24..<28].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let cookie = header[40..<44].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return "\(counter).\(cookie)"
    }
}

import Foundation
import Glibc
import SlipwayDomain

/// The key ring of an installation, in a file that only its owner can read: JSON with the ring's name and, oldest first,
/// its keys in hex.
struct KeyRingFile: Sendable {
    let path: String

    var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// Tells one version of the file from the next; nil when it is not there.
    struct Stamp: Hashable, Sendable {
        let inode: UInt64
        let seconds: Int
        let nanoseconds: Int
    }

    var stamp: Stamp? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        return Stamp(inode: UInt64(info.st_ino), seconds: info.st_mtim.tv_sec, nanoseconds: info.st_mtim.tv_nsec)
    }

    func ring() throws -> KeyRing {
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & 0o077 == 0 else {
            throw CommandFailure(
                status: .refused,
                description:
                    "\(path) can be read by others: run `chmod 600 \(path)`, and `slipway key rotate` if it may have been seen"
            )
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8), let ring = Self.ring(in: text) else {
            throw CommandFailure(status: .fault, description: "\(path) is not a key ring: restore it from your backup")
        }
        return ring
    }

    /// Nil for what is not a ring.
    static func ring(in text: String) -> KeyRing? {
        guard let json = try? JSONValue(parsing: Array(text.utf8)), let name = json["ring"]?.stringValue,
            let rows = json["keys"]?.arrayValue
        else { return nil }
        var keys: [Int64: SecretBytes] = [:]
        for row in rows {
            guard let version = row["version"]?.integerValue,
                let key = row["key"]?.stringValue.flatMap({ Hex.bytes($0) }),
                keys.updateValue(SecretBytes(key), forKey: version) == nil
            else { return nil }
        }
        return KeyRing(name: name, keys: keys)
    }

    /// Writes the ring in one step: a crash leaves the old file or the new one, on disk.
    func write(_ ring: KeyRing) throws {
        let keys = ring.material.map { entry -> JSONValue in
            ["version": .integer(entry.version), "key": .string(entry.key.reveal { Hex.text($0) })]
        }
        let bytes = try JSONValue.object(["ring": .string(ring.name), "keys": .array(keys)]).canonicalBytes + [0x0A]
        let fresh = path + ".new"
        unlink(fresh)
        let descriptor = open(fresh, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure(status: .unreachable, description: "\(fresh) cannot be made: is the folder writable?")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data(bytes))
        try file.synchronize()
        guard rename(fresh, path) == 0 else {
            throw CommandFailure(status: .unreachable, description: "\(path) cannot be replaced")
        }
    }
}

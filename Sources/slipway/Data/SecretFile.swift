import Foundation
import Glibc
import SlipwayDomain

/// A file that holds one secret in hex, readable by its owner alone.
struct SecretFile {
    let path: String

    /// What it holds; empty when that is not hex. A file that is not there is made with what `fresh` gives, and one that
    /// others can read is refused.
    func bytes(orNew fresh: () throws -> [UInt8]) throws -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else { return try made(with: fresh()) }
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & 0o077 == 0 else {
            throw CommandFailure(
                status: .refused,
                description:
                    "\(path) can be read by others: run `chmod 600 \(path)`, and make a new key if it may have been seen"
            )
        }
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return Hex.bytes(text.prefix { !$0.isNewline }) ?? []
    }

    private func made(with bytes: [UInt8]) throws -> [UInt8] {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure(
                status: .unreachable, description: "\(path) cannot be made: is the folder writable?")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data((Hex.text(bytes) + "\n").utf8))
        return bytes
    }
}

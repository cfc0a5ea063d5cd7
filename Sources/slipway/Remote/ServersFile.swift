import Foundation
import Glibc
import SlipwayDomain

/// The logins a person has at servers elsewhere, in a file that is theirs alone.
///
///     {"servers": {"https://slipway.example.com": {"token": "…", "refreshToken": "…", "expiresAtSeconds": 1893456000}}}
struct ServersFile: Sendable {
    let path: String

    /// `slipway/servers.json` in `$XDG_CONFIG_HOME`, or in `~/.config` where that does not name a folder by its whole
    /// path.
    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let own = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = environment["HOME"] ?? NSHomeDirectory()
        path = (own ?? home + "/.config") + "/slipway/servers.json"
    }

    /// The logins there are; none when there is no file. Throws for a file that others can read.
    func logins() throws -> [ServerAddress: KeptLogin] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return [:] }
            throw failure(.unreachable, "cannot be read: \(String(cString: strerror(errno)))")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & 0o077 == 0 else {
            throw failure(
                .refused, "can be read by others: run `chmod 600 \(path)`, and sign in anew if it may have been seen")
        }
        let bytes = Array(try file.readToEnd() ?? Data())
        guard let json = try? JSONValue(parsing: bytes), let servers = json["servers"]?.objectValue else {
            throw failure(.fault, "is not what Slipway wrote: move it away and sign in anew")
        }
        var logins: [ServerAddress: KeptLogin] = [:]
        for (name, value) in servers {
            guard let server = try? ServerAddress(name), let login = KeptLogin(value) else {
                throw failure(.fault, "has an entry \(name) that Slipway did not write: move the file away")
            }
            logins[server] = login
        }
        return logins
    }

    /// Lets the body change the logins while no other command does, and keeps what it leaves. The file is replaced as a
    /// whole, and when the body throws it stays as it was.
    func change<Result>(_ body: (inout [ServerAddress: KeptLogin]) async throws -> Result) async throws -> Result {
        try makeFolder()
        let descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(.unreachable, "cannot be locked: is its folder writable?") }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw failure(.unreachable, "cannot be locked") }
        }
        var logins = try logins()
        let before = try bytes(logins)
        let result = try await body(&logins)
        let after = try bytes(logins)
        if after != before { try replace(with: after) }
        return result
    }

    private func bytes(_ logins: [ServerAddress: KeptLogin]) throws -> [UInt8] {
        let members = logins.map { ($0.key.description, $0.value.json) }
        let json: JSONValue = ["servers": .object(Dictionary(members, uniquingKeysWith: { _, last in last }))]
        return Array(json.lines.utf8)
    }

    private func replace(with bytes: [UInt8]) throws {
        let next = path + ".new"
        unlink(next)
        let descriptor = open(next, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(.unreachable, "cannot be written: is its folder writable?") }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data(bytes))
        try file.synchronize()
        try file.close()
        guard rename(next, path) == 0 else {
            throw failure(.unreachable, "cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    private func makeFolder() throws {
        do {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw failure(.unreachable, "cannot be kept: its folder cannot be made")
        }
    }

    private func failure(_ status: ExitStatus, _ words: String) -> CommandFailure {
        CommandFailure(status: status, description: "\(path) \(words)")
    }
}

import Foundation

/// What a private cluster will be, decided before any process is started. Its folder exists.
struct ClusterPlan: Sendable {
    let directory: String
    let port: Int
    let binDirectory: String
    let tls: Bool
    /// The words that go before a command so that it does not run as root; none when we are not root.
    let asServerUser: [String]

    /// A socket's path has room for 107 bytes, and PostgreSQL adds `/.s.PGSQL.12345.lock` to its folder's.
    private static let longestDirectory = 85

    static func make(in parent: String?, settings: [String: String], tls: Bool) throws(PrivateClusterError) -> Self {
        let binDirectory = try newestServer()
        let user = try serverUser()
        let port = try freePort()
        let directory = try makeDirectory(in: parent)
        let plan = ClusterPlan(
            directory: directory, port: port, binDirectory: binDirectory, tls: tls, asServerUser: user?.prefix ?? [])
        do throws(PrivateClusterError) {
            try plan.write(settings)
            if let user, chown(directory, user.id, user.group) != 0 {
                throw PrivateClusterError.folder(path: directory, reason: String(cString: strerror(errno)))
            }
        } catch {
            try? FileManager.default.removeItem(atPath: directory)
            throw error
        }
        return plan
    }

    private func write(_ settings: [String: String]) throws(PrivateClusterError) {
        var all = settings
        all["listen_addresses"] = "127.0.0.1"
        all["port"] = String(port)
        all["unix_socket_directories"] = directory
        if tls {
            all["ssl"] = "on"
            all["ssl_cert_file"] = directory + "/server.crt"
            all["ssl_key_file"] = directory + "/server.key"
        }
        let lines = all.sorted { $0.key < $1.key }.map { name, value in
            let quoted = value.replacing("\\", with: "\\\\").replacing("'", with: "''").replacing("\n", with: "\\n")
            return "\(name) = '\(quoted)'\n"
        }
        do {
            try lines.joined().write(toFile: directory + "/settings.conf", atomically: false, encoding: .utf8)
        } catch {
            throw .folder(path: directory, reason: error.localizedDescription)
        }
    }

    private static func makeDirectory(in parent: String?) throws(PrivateClusterError) -> String {
        let name = "/slipway-XXXXXX"
        var parent = parent ?? ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        while parent.count > 1, parent.hasSuffix("/") { parent.removeLast() }
        guard parent.hasPrefix("/"), parent.utf8.count + name.utf8.count <= longestDirectory else {
            let room = longestDirectory - name.utf8.count
            throw .folder(path: parent, reason: "it has to be an absolute path of at most \(room) bytes")
        }
        var template = Array((parent + name).utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .folder(path: parent, reason: String(cString: strerror(errno)))
        }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The highest version where Debian keeps them side by side, else the first on the `PATH`.
    private static func newestServer() throws(PrivateClusterError) -> String {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let installed = versions.compactMap(Int.init).sorted(by: >).map { "\(root)/\($0)/bin" }
        let onPath = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let found = (installed + onPath).first { directory in
            ["initdb", "pg_ctl", "postgres"].allSatisfy { isExecutable("\(directory)/\($0)") }
        }
        guard let found else { throw .serverNotInstalled }
        return found
    }

    /// Whom the server runs as when we are root; nil when we are not.
    private static func serverUser() throws(PrivateClusterError) -> (id: uid_t, group: gid_t, prefix: [String])? {
        guard geteuid() == 0 else { return nil }
        guard let entry = getpwnam("postgres") else {
            throw .cannotLeaveRoot("there is no user `postgres`: the postgresql package makes one")
        }
        let (id, group) = (entry.pointee.pw_uid, entry.pointee.pw_gid)
        for directory in ["/usr/bin", "/usr/sbin", "/bin", "/sbin"] {
            let (setpriv, runuser) = (directory + "/setpriv", directory + "/runuser")
            if isExecutable(setpriv) {
                return (id, group, [setpriv, "--reuid=\(id)", "--regid=\(group)", "--init-groups", "--"])
            }
            if isExecutable(runuser) {
                return (id, group, [runuser, "-u", "postgres", "--"])
            }
        }
        throw .cannotLeaveRoot("neither setpriv nor runuser is here: install util-linux")
    }

    private static func isExecutable(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: path)
    }

    /// A port that was free a moment ago: the kernel names one for a socket that is closed again.
    private static func freePort() throws(PrivateClusterError) -> Int {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw .system("no socket: \(String(cString: strerror(errno)))") }
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                let bound = bind(socket, generic, size)
                return bound == 0 ? getsockname(socket, generic, &size) : bound
            }
        }
        guard status == 0 else { throw .system("no free port: \(String(cString: strerror(errno)))") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// Why a private cluster did not start. Nothing of it is left when one of these is thrown.
package enum PrivateClusterError: Error, CustomStringConvertible {
    /// No `initdb` under `/usr/lib/postgresql` nor on the `PATH`.
    case serverNotInstalled
    /// PostgreSQL refuses to run as root, and this system lacks what it takes to be someone else.
    case cannotLeaveRoot(String)
    /// The folder could not be made, or its path is too long for a Unix socket.
    case folder(path: String, reason: String)
    /// No free port, or the watching process could not be started.
    case system(String)
    /// `initdb`, `openssl` or the server itself said no; `log` has its last lines.
    case failed(step: String, log: String)

    package var description: String {
        switch self {
        case .serverNotInstalled:
            """
            no PostgreSQL server is installed: there is no initdb in /usr/lib/postgresql/*/bin nor on the PATH. \
            Install it (Debian and Ubuntu: apt-get install postgresql; Fedora: dnf install postgresql-server)
            """
        case .cannotLeaveRoot(let reason):
            "PostgreSQL does not run as root, and \(reason)"
        case .folder(let path, let reason):
            "the private PostgreSQL cannot live in \(path): \(reason)"
        case .system(let reason):
            "the private PostgreSQL could not be started: \(reason)"
        case .failed(let step, let log):
            "the private PostgreSQL failed at \(step):\n\(log)"
        }
    }

    /// Whether the server found its port taken, which another port cures.
    var isLostPort: Bool {
        guard case .failed(_, let log) = self else { return false }
        return log.contains("could not create any TCP/IP sockets")
    }
}

import Foundation

/// A PostgreSQL server of our own in a temporary folder: for `slipway demo` and for tests.
///
/// It listens on a Unix socket inside its folder (which only its owner may enter, so local logins are trusted) and
/// on 127.0.0.1, where a password is asked for. A small shell process watches the one who started it: when that
/// process ends, however it ends, the server is stopped and the folder removed. Letting go of the value does the same.
package final class PrivateCluster: Sendable {
    /// The name of the database's superuser. It has no password, so it can log in by the socket only.
    package static let superuser = "postgres"

    /// The folder that holds everything, removed at the end.
    package let directory: String
    /// The port on 127.0.0.1, and the one in the socket's name.
    package let port: Int
    /// Where `psql`, `createdb` and their like of the same version are.
    package let binDirectory: String
    /// The self-signed certificate for `localhost` and 127.0.0.1; nil without TLS.
    package let certificateFile: String?

    private let watchdog: ClusterWatchdog

    /// Where the Unix socket is.
    package var socketDirectory: String { directory }

    /// The superuser's way into the database `postgres`, by the socket.
    package var url: String { url(database: "postgres") }

    private init(plan: ClusterPlan, watchdog: ClusterWatchdog) {
        directory = plan.directory
        port = plan.port
        binDirectory = plan.binDirectory
        certificateFile = plan.tls ? plan.directory + "/server.crt" : nil
        self.watchdog = watchdog
    }

    /// Makes a cluster and returns once it answers, which takes a second or two.
    ///
    /// Nothing is left behind when it throws. `settings` are lines of `postgresql.conf`, such as `["fsync": "off"]`.
    /// Without a `parent` the folder is made where temporary folders go.
    package static func start(
        in parent: String? = nil,
        settings: [String: String] = [:],
        tls: Bool = false
    ) async throws(PrivateClusterError) -> PrivateCluster {
        do throws(PrivateClusterError) {
            return try await attempt(in: parent, settings: settings, tls: tls)
        } catch {
            // Between our finding the port free and the server's taking it, someone else may have taken it.
            guard error.isLostPort else { throw error }
            return try await attempt(in: parent, settings: settings, tls: tls)
        }
    }

    private static func attempt(
        in parent: String?, settings: [String: String], tls: Bool
    ) async throws(PrivateClusterError) -> PrivateCluster {
        let plan = try ClusterPlan.make(in: parent, settings: settings, tls: tls)
        let watchdog = try ClusterWatchdog.launch(plan)
        try await watchdog.waitUntilReady()
        return PrivateCluster(plan: plan, watchdog: watchdog)
    }

    /// Stops the server and removes the folder; harmless a second time. Waits for both unless the task is cancelled.
    package func stop() async {
        await watchdog.stop()
    }

    /// A way in by the Unix socket, where every role is trusted.
    package func url(user: String = superuser, database: String) -> String {
        "postgres://\(escaped(user))@/\(escaped(database))?host=\(escaped(socketDirectory))&port=\(port)"
    }

    /// A way in by 127.0.0.1, where the role needs a password (SCRAM).
    package func tcpURL(user: String, database: String, password: String? = nil) -> String {
        let secret = password.map { ":" + escaped($0) } ?? ""
        return "postgres://\(escaped(user))\(secret)@127.0.0.1:\(port)/\(escaped(database))"
    }

    private func escaped(_ text: String) -> String {
        var plain = CharacterSet(charactersIn: "a"..."z")
        plain.formUnion(CharacterSet(charactersIn: "A"..."Z"))
        plain.formUnion(CharacterSet(charactersIn: "0123456789-._~"))
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? text
    }
}

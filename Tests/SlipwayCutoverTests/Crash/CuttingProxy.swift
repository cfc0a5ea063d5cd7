import Foundation
import Glibc
import Synchronization

/// A way to a PostgreSQL socket that is cut after an exact number of bytes from the client: what the server sees
/// when a client is killed, and what the client sees when the network goes.
final class CuttingProxy: Sendable {
    private struct State {
        var remaining: Int
        var passed = 0
        var open: Set<Int32> = []
    }

    let directory: String
    let port: Int
    private let state: Mutex<State>
    private let listener: Int32
    private let upstream: String

    /// Listens in a folder of its own; `limit` bytes pass, then every connection is cut and none is taken.
    init(to upstream: String, port: Int, limit: Int = .max) throws {
        directory = FileManager.default.temporaryDirectory.path + "/slp-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        self.port = port
        self.upstream = upstream
        state = Mutex(State(remaining: limit))
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let bound = Self.withAddress("\(directory)/.s.PGSQL.\(port)") { bind(listener, $0, $1) }
        guard bound == 0, listen(listener, 16) == 0 else { throw ProxyFailure() }
        Thread.detachNewThread { [self] in accepting() }
    }

    struct ProxyFailure: Error {}

    /// Bytes that have passed from clients to the server.
    var passed: Int { state.withLock { $0.passed } }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        cut()
        try? FileManager.default.removeItem(atPath: directory)
    }

    private func cut() {
        state.withLock { state in
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private func accepting() {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            let reached = Self.withAddress("\(upstream)/.s.PGSQL.\(port)") { connect(server, $0, $1) } == 0
            let isOpen = state.withLock { state in
                state.open.formUnion([client, server])
                return state.remaining > 0
            }
            guard reached, isOpen else {
                shutdown(client, Int32(SHUT_RDWR))
                continue
            }
            Thread.detachNewThread { [self] in pump(from: client, to: server, counted: true) }
            Thread.detachNewThread { [self] in pump(from: server, to: client, counted: false) }
        }
    }

    private func pump(from source: Int32, to sink: Int32, counted: Bool) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            let allowed = counted ? take(count) : count
            var sent = 0
            while sent < allowed {
                let now = buffer.withUnsafeBytes {
                    send(sink, $0.baseAddress?.advanced(by: sent), allowed - sent, Int32(MSG_NOSIGNAL))
                }
                guard now > 0 else { break }
                sent += now
            }
            if allowed < count {
                cut()
                break
            }
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(sink, Int32(SHUT_RDWR))
    }

    private func take(_ count: Int) -> Int {
        state.withLock { state in
            let allowed = min(count, state.remaining)
            state.remaining -= allowed
            state.passed += allowed
            return allowed
        }
    }

    private static func withAddress<Result>(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            for (index, byte) in path.utf8.prefix(bytes.count - 1).enumerated() { bytes[index] = byte }
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

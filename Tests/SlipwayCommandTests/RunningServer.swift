import Foundation
import SlipwayDomain
import SlipwayPostgres
import SlipwayTesting

/// `slipway serve` as a process of its own, asked with curl.
final class RunningServer: Sendable {
    let address: String
    private let process: Process

    var pid: Int32 { process.processIdentifier }

    /// Starts one on a free port and returns once it says where it listens.
    init(_ arguments: [String]) async throws {
        let process = Process()
        process.executableURL = URL(filePath: Tool.executable)
        process.arguments = ["serve", "--listen", "127.0.0.1:0"] + arguments
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process = process
        var said: [UInt8] = []
        for await piece in output.fileHandleForReading.pieces() {
            said += piece
            if said.contains(0x0A) { break }
        }
        let words = String(decoding: said, as: UTF8.self).split(separator: " ")
        guard let address = words.first(where: { $0.hasPrefix("http://") }) else {
            throw ServerDidNotStart(said: String(decoding: said, as: UTF8.self))
        }
        self.address = String(address)
    }

    deinit {
        kill(pid, SIGCONT)
        kill(pid, SIGKILL)
    }

    func signal(_ signal: Int32) {
        kill(pid, signal)
    }

    /// Whether the process ended within the seconds.
    func ends(withinSeconds seconds: Double) -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while process.isRunning, ContinuousClock.now < end { usleep(20_000) }
        return !process.isRunning
    }

    func get(_ path: String) async throws -> JSONValue {
        try await curl([address + path])
    }

    func post(_ path: String, _ body: JSONValue) async throws -> JSONValue {
        let text = String(decoding: try body.canonicalBytes, as: UTF8.self)
        return try await curl(["--json", text, address + path])
    }

    private func curl(_ arguments: [String]) async throws -> JSONValue {
        let output = try await Command(
            "/usr/bin/curl",
            [
                "--silent", "--show-error", "--max-time", "60", "-H", "X-Slipway-Actor: test", "-H",
                "X-Slipway-Role: owner",
            ] + arguments
        ).run()
        return try JSONValue(parsing: Array(output.utf8))
    }
}

struct ServerDidNotStart: Error {
    let said: String
}

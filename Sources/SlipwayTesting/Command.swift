import Foundation
import SlipwayPostgres

/// One run of another program, for tests that need what only a program gives.
package struct Command: Sendable {
    package let path: String
    package let arguments: [String]

    package init(_ path: String, _ arguments: [String]) {
        self.path = path
        self.arguments = arguments
    }

    /// Returns what the program printed once it has ended well; throws `CommandFailure` when it has not.
    @discardableResult
    package func run() async throws(CommandFailure) -> String {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        let (output, complaint) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = complaint
        // Not `waitUntilExit`, which turns a run loop on one of the few threads that run all the tests.
        let ended = AsyncStream<Int32> { stream in
            process.terminationHandler = { process in
                stream.yield(process.terminationStatus)
                stream.finish()
            }
        }
        do {
            try process.run()
        } catch {
            throw CommandFailure(command: self, status: -1, message: error.localizedDescription)
        }
        // Not when the objects happen to go: a test that runs many programs would run out of descriptors.
        defer {
            for pipe in [output, complaint] { try? pipe.fileHandleForReading.close() }
        }
        async let complained = text(of: complaint)
        let said = await text(of: output)
        let message = await complained
        for await status in ended {
            guard status == 0 else { throw CommandFailure(command: self, status: status, message: message) }
            return said
        }
        throw CommandFailure(command: self, status: -1, message: "its end was not awaited: the task was cancelled")
    }

    private func text(of pipe: Pipe) async -> String {
        let bytes = await pipe.fileHandleForReading.pieces().reduce(into: []) { $0 += $1 }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A program that ended with a status other than 0, or could not be started (-1).
package struct CommandFailure: Error, CustomStringConvertible {
    package let command: Command
    package let status: Int32
    package let message: String

    package var description: String {
        "\(command.path) \(command.arguments.joined(separator: " ")) ended with \(status): \(message)"
    }
}

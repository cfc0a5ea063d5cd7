import ArgumentParser
import Foundation
import NIOCore
import SlipwayDomain

/// Where a command speaks: results to standard output, progress and errors to standard error.
struct Console: Sendable {
    let isJSON: Bool
    /// For work that nobody at a terminal waits for.
    var isSilent = false

    static let silent = Console(isJSON: false, isSilent: true)

    /// A line for a person; silent when the result goes out as JSON.
    func line(_ text: String = "") {
        guard !isJSON, !isSilent else { return }
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// The result for a machine; silent unless JSON was asked for.
    func result(_ value: JSONValue) throws {
        guard isJSON, !isSilent else { return }
        FileHandle.standardOutput.write(Data(try value.canonicalBytes + [0x0A]))
    }

    static func warn(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Runs a command's body; an error becomes one line on standard error and the right exit status.
    static func run(json: Bool = false, _ body: (Console) async throws -> Void) async throws {
        do {
            try await body(Console(isJSON: json))
        } catch let error as ExitStatusOnly {
            throw ExitCode(error.status.rawValue)
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            warn("slipway: another program listens at that address already: choose another with --listen")
            throw ExitCode(ExitStatus.unreachable.rawValue)
        } catch {
            let text = String(describing: error).split(whereSeparator: \.isNewline).joined(separator: " ")
            warn("slipway: \(text)")
            throw ExitCode(ExitStatus(error).rawValue)
        }
    }
}

/// Ends a command whose result has been printed already.
struct ExitStatusOnly: Error {
    var status: ExitStatus
}

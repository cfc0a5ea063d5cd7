import Foundation
import Glibc
import SlipwayOIDC

/// A token from standard input: all of a pipe, or a line that is typed and not shown.
enum TokenInput {
    /// The longest token that is taken, in bytes.
    private static let sizeLimit = 16_384
    /// What Ctrl-C sends.
    private static let interrupt: UInt8 = 3

    /// Throws for what cannot be a token.
    static func token(for server: ServerAddress) throws -> Secret {
        let bytes = isatty(STDIN_FILENO) == 1 ? try typed("API token for \(server): ") : piped()
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...sizeLimit).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw CommandFailure(
                status: .usage, description: "there is no token on standard input: make one with `slipway token create`"
            )
        }
        return Secret(text)
    }

    private static func piped() -> [UInt8] {
        let data = try? FileHandle.standardInput.read(upToCount: sizeLimit + 2)
        return Array(data ?? Data())
    }

    /// One line of the terminal, which does not show it meanwhile. Ctrl-C ends the line and not the process, so that the
    /// terminal shows again what is typed next.
    private static func typed(_ prompt: String) throws -> [UInt8] {
        var usual = termios()
        guard tcgetattr(STDIN_FILENO, &usual) == 0 else { return [] }
        var hidden = usual
        hidden.c_lflag &= ~tcflag_t(ECHO | ISIG)
        withUnsafeMutableBytes(of: &hidden.c_cc) { $0[Int(VEOL)] = interrupt }
        FileHandle.standardError.write(Data(prompt.utf8))
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        var line = [UInt8](repeating: 0, count: sizeLimit)
        let count = read(STDIN_FILENO, &line, line.count)
        guard count > 0, !line[..<count].contains(interrupt) else {
            throw CommandFailure(status: .usage, description: "no token was given")
        }
        return Array(line[..<count])
    }
}

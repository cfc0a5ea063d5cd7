import ArgumentParser
import Foundation
import SlipwayDomain
import SlipwayOperations

struct ConnectionRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Give the connection a credential, or another one.",
        discussion: """
            The secret comes by standard input, or from a file, and never by an argument: arguments are seen by everybody \
            on the machine. The credential before it is kept for --overlap-hours and comes back with --back.
            """)
    @OptionGroup var connection: ConnectionArgument

    @Option(help: "client_secret, certificate, api_key or basic.")
    var kind: CredentialKind = .clientSecret

    @Option(help: "The client's id, or the user's name.")
    var id: String?

    @Option(help: "Read the secret from this file; a certificate's private key in PEM.")
    var file: String?

    @Option(help: "The certificate in PEM.")
    var certificate: String?

    @Option(help: "When the credential ends at the provider, in days from now.")
    var expiresDays: Int?

    @Option(help: "For how long the one before it may be gone back to.")
    var overlapHours = 24

    @Flag(help: "Go back to the one before.")
    var back = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func validate() throws {
        guard (0...8760).contains(overlapHours) else {
            throw ValidationError("--overlap-hours is a number up to 8760.")
        }
        guard expiresDays.map({ (1...3660).contains($0) }) ?? true else {
            throw ValidationError("--expires-days is a number from 1 to 3660.")
        }
        guard !back, [.clientSecret, .certificate, .basic].contains(kind), id == nil else { return }
        throw ValidationError("A credential of kind \(kind.rawValue) needs --id.")
    }

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let credentials = try await installation.connectionCredentials(data)
            let (number, context) = (try connection.id(), installation.context())
            let version: Int64
            if back {
                version = try await credentials.restoreEarlier(
                    on: number, overlapSeconds: overlapHours * 3600, context)
            } else {
                let expiry = expiresDays.map { installation.clock.now().advanced(seconds: Int64($0) * 86_400) }
                version = try await credentials.put(
                    try credential(), on: number, expiresAt: expiry, overlapSeconds: overlapHours * 3600, context)
            }
            console.line(
                "connection \(number) has credential version \(version): check it with `slipway connection check \(number)`"
            )
            try console.result(["connection": .integer(number.number), "version": .integer(version)])
        }
    }

    private func credential() throws -> Credential {
        let secret = try secret()
        switch kind {
        case .clientSecret: return .clientSecret(clientID: id ?? "", secret: secret)
        case .apiKey: return .apiKey(secret)
        case .basic: return .basic(name: id ?? "", password: secret)
        case .certificate:
            guard let certificate, let text = try? String(contentsOfFile: certificate, encoding: .utf8) else {
                throw CommandFailure(status: .usage, description: "--certificate names no file that can be read")
            }
            return .certificate(clientID: id ?? "", certificate: text, privateKey: secret)
        }
    }

    private func secret() throws -> SecretBytes {
        if let file {
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw CommandFailure(status: .unreachable, description: "\(file) cannot be read")
            }
            return SecretBytes(Self.trimmed(Array(bytes)))
        }
        if isatty(STDIN_FILENO) == 1 {
            guard let typed = getpass("secret: ") else {
                throw CommandFailure(status: .usage, description: "no secret")
            }
            return SecretBytes(String(cString: typed))
        }
        return SecretBytes(Self.trimmed(Array(FileHandle.standardInput.readDataToEndOfFile())))
    }

    /// Without the line's end that editors and `echo` leave.
    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        return bytes
    }
}

extension CredentialKind: ExpressibleByArgument {}

import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import SlipwayDomain
import SlipwayLab
import UnixSignals

struct LabCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab",
        abstract: "A stand-in, on this machine, for providers that cannot be had here.",
        discussion: """
            It speaks their protocols, holds its data in memory, and answers wrongly when it is told to at \
            /lab/faults. Every answer says that it is the lab's.
            """)

    @Option(help: "Where to listen: a loopback address. Port 0 takes a free one.")
    var listen = "127.0.0.1:8090"

    @Option(help: "Directories of the stood-in Microsoft.")
    var tenants = 2

    @Option(help: "Groups in each of them.")
    var groups = 250

    @Option(help: "Another number makes other directories.")
    var seed: UInt64 = 1

    @Option(help: "The client secret, API key and password it accepts.")
    var secret = "lab-secret"

    @Option(help: ArgumentHelp("A PEM certificate whose key may sign for the client.", valueName: "file"))
    var certificate: [String] = []

    func validate() throws {
        guard (1...1000).contains(tenants) else { throw ValidationError("--tenants is a number from 1 to 1000.") }
        guard (0...1_000_000).contains(groups), tenants * groups <= 5_000_000 else {
            throw ValidationError("--groups is a number from 0 to 1000000, and 5000000 in all tenants together.")
        }
        guard !secret.isEmpty else { throw ValidationError("--secret is not empty.") }
    }

    func run() async throws {
        try await Console.run { console in
            let address = try ListenAddress(listen, isMock: false)
            guard Loopback.contains(address.host[...]) else {
                throw CommandFailure(
                    status: .refused,
                    description: "\(address.host) can be reached by others, and the lab is for this machine alone: "
                        + "listen on 127.0.0.1")
            }
            let service = HTTPLab(apiKey: SecretBytes(secret), user: "lab", password: SecretBytes(secret))
            let lab = Lab([try microsoft(), service]) { milliseconds in
                try? await Task.sleep(for: .milliseconds(milliseconds))
            }
            let logger = Logger(label: "slipway-lab")
            let application = LabServer.application(lab, host: address.host, port: address.port, logger: logger) {
                port in
                let base = "http://\(address.host):\(port)"
                console.line("slipway lab listens on \(base): a stand-in, and nothing in it is real")
                for line in lab.summary(at: base) { console.line("  \(line)") }
                console.line("  faults: \(base)/lab/faults")
            }
            let configuration = ServiceGroupConfiguration(
                services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            try await ServiceGroup(configuration: configuration).run()
        }
    }

    private func microsoft() throws -> MicrosoftLab {
        let directories = DirectorySeed(seed: seed, tenants: tenants, groups: groups)
        let application = RegisteredApplication(
            clientID: directories.application, secret: SecretBytes(secret), certificates: try certificates())
        return MicrosoftLab(directories, application: application, clock: SystemClock())
    }

    private func certificates() throws -> [ClientCertificate] {
        try certificate.map { path in
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw CommandFailure(status: .usage, description: "\(path) cannot be read")
            }
            do {
                return try ClientCertificate(pem: text)
            } catch {
                throw CommandFailure(status: .usage, description: "\(path): \(error)")
            }
        }
    }
}

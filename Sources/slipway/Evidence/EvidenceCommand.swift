import ArgumentParser
import Foundation
import SlipwayDomain
import SlipwayStore

struct EvidenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence", abstract: "The sealed packets: list, read, export, and check anyone's bundle offline.",
        subcommands: [EvidenceList.self, EvidenceShow.self, EvidenceExport.self, EvidenceVerify.self])
}

struct EvidenceList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "All packets, oldest first.")

    @Option(help: "Only this cutover's.")
    var cutover: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let entries = try await DataDirectory(data).evidence().entries(scope: cutover)
            for entry in entries {
                let packet = entry.packet
                console.line(
                    "\(Figures.right(String(packet.sequence), 5))  \(packet.sealedAt.rfc3339)  \(packet.draft.outcome.rawValue)  \(packet.digest.short)  \(Figures.padded(packet.draft.kind.rawValue, 40)) \(packet.draft.scope)"
                )
            }
            if entries.isEmpty { console.line("No evidence yet: stages of a cutover leave it.") }
            try console.result(
                .array(
                    entries.map { entry in
                        [
                            "sequence": .integer(entry.packet.sequence),
                            "kind": .string(entry.packet.draft.kind.rawValue),
                            "cutover": .string(entry.packet.draft.scope),
                            "outcome": .string(entry.packet.draft.outcome.rawValue),
                            "digest": .string(entry.packet.digest.description),
                            "sealedAt": .string(entry.packet.sealedAt.rfc3339),
                        ]
                    }))
        }
    }
}

struct EvidenceShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One packet: its text form, or the statement.")

    @Argument(help: "The packet's number in the list.")
    var sequence: Int64

    @Flag(help: "Print the signed statement as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let entries = try await DataDirectory(data).evidence().entries()
            guard let entry = entries.first(where: { $0.packet.sequence == sequence }) else {
                throw CommandFailure(
                    status: .usage, description: "there is no packet \(sequence): `slipway evidence list` shows them")
            }
            try console.result(try JSONValue(parsing: entry.packet.statement))
            console.line(entry.packet.text + "digest=\(entry.packet.digest)\nsigned_by=\(entry.envelope.keyID)")
        }
    }
}

struct EvidenceExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write packets to one file that anyone can check.")

    @Option(help: "Only this cutover's.")
    var cutover: String?

    @Option(name: .shortAndLong, help: "The file to write.")
    var output: String

    @Flag(help: "Replace the file when it is there already.")
    var force = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            guard force || !FileManager.default.fileExists(atPath: output) else {
                throw CommandFailure(status: .usage, description: "\(output) exists: choose another -o, or --force")
            }
            let log = try await DataDirectory(data).evidence()
            let entries = try await log.entries(scope: cutover)
            guard !entries.isEmpty else {
                throw CommandFailure(status: .blocked, description: "there is no evidence to export")
            }
            try Data(log.export(entries)).write(to: URL(fileURLWithPath: output))
            console.line("\(Figures.count(entries.count, "packet")) in \(output), signed by key \(log.verifyingKey.id)")
            console.line("Anyone can check it: slipway evidence verify \(output) --key \(data.data)/signing.pub")
        }
    }
}

struct EvidenceVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check a bundle offline; names the first byte that does not hold.")

    @Argument(help: "The bundle.")
    var file: String

    @Option(help: "The signer's public key in PEM, from somewhere other than the bundle.")
    var key: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        try await Console.run(json: json) { console in
            let trusted = try key.map(publicKey)
            switch Bundle.verify([UInt8](try read(file)), trusting: trusted) {
            case .holds(let packets, let signer):
                console.line("\(file) holds: \(Figures.count(packets.count, "packet")), signed by key \(signer.id)")
                for packet in packets {
                    console.line(
                        "  \(packet.sequence)  \(packet.draft.outcome.rawValue)  \(packet.draft.kind.rawValue)  \(packet.digest.short)"
                    )
                }
                if trusted == nil {
                    console.line("The key came with the bundle: compare \(signer.id) with its owner, or give --key.")
                }
                try console.result([
                    "holds": true, "packets": .integer(Int64(packets.count)), "key": .string(signer.id),
                    "keyTrusted": .bool(trusted != nil),
                ])
            case .broken(let fault):
                console.line("\(file) does not hold at \(fault.description)")
                try console.result([
                    "holds": false, "byte": .integer(Int64(fault.byte)), "reason": .string(fault.reason),
                ])
                throw ExitStatusOnly(status: .difference)
            }
        }
    }

    private func read(_ path: String) throws -> Data {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(status: .unreachable, description: "\(path) cannot be read")
        }
        return bytes
    }

    private func publicKey(_ path: String) throws -> VerifyingKey {
        guard let key = VerifyingKey(pem: String(decoding: try read(path), as: UTF8.self)) else {
            throw CommandFailure(status: .usage, description: "\(path) is not an Ed25519 public key in PEM")
        }
        return key
    }
}

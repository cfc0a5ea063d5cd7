import Foundation
import SlipwayDomain
import SlipwayProviders

/// Where an installation's keys are, outside of its database: a file, the environment, or a key server.
enum KeyKeeping {
    case file(KeyRingFile)
    /// Rotated where it is kept.
    case environment(KeyRing)
    case server(TransitKeys)

    /// Holds a whole key ring: what the file would hold.
    static let ringVariable = "SLIPWAY_KEY_RING"
    /// The transit engine's address, the key's name there, and a file with the token.
    static let serverVariables = ["SLIPWAY_TRANSIT_URL", "SLIPWAY_TRANSIT_KEY", "SLIPWAY_TRANSIT_TOKEN_FILE"]

    /// As the environment says, else the file.
    init(file: KeyRingFile, _ environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        if let text = environment[Self.ringVariable] {
            guard let ring = KeyRingFile.ring(in: text) else {
                throw CommandFailure(status: .usage, description: "\(Self.ringVariable) does not hold a key ring")
            }
            self = .environment(ring)
            return
        }
        guard let address = environment[Self.serverVariables[0]] else {
            self = .file(file)
            return
        }
        self = .server(try Self.server(at: address, environment))
    }

    private static func server(at address: String, _ environment: [String: String]) throws -> TransitKeys {
        guard let name = environment[serverVariables[1]], let path = environment[serverVariables[2]] else {
            throw CommandFailure(
                status: .usage, description: "a key server needs all of \(serverVariables.joined(separator: ", "))")
        }
        let isLoopback = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"].contains { address.hasPrefix($0) }
        guard address.hasPrefix("https://") || isLoopback else {
            throw CommandFailure(
                status: .usage, description: "\(serverVariables[0]) is https://, or http:// on loopback")
        }
        guard let token = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw CommandFailure(
                status: .unreachable, description: "\(path) cannot be read: it holds the server's token")
        }
        return TransitKeys(
            address: address.hasSuffix("/") ? String(address.dropLast()) : address, name: name,
            token: SecretBytes(token.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// For people.
    var place: String {
        switch self {
        case .file(let file): file.path
        case .environment: Self.ringVariable
        case .server(let keys): keys.ring
        }
    }

    /// Makes a new version; what seals from then on.
    func rotate() async throws -> any KeySource {
        switch self {
        case .file(let file):
            let ring = try file.ring().rotated()
            try file.write(ring)
            return ring
        case .environment:
            throw CommandFailure(
                status: .usage, description: "the key ring is in \(Self.ringVariable): rotate it where it is kept")
        case .server(let keys):
            try await keys.rotate()
            return keys
        }
    }

    /// Takes versions before the current one away: only for when nothing is under them.
    func forgetOlder() async throws {
        switch self {
        case .file(let file): try file.write(try file.ring().withoutOlder())
        case .environment:
            throw CommandFailure(
                status: .usage, description: "the key ring is in \(Self.ringVariable): change it where it is kept")
        case .server(let keys): try await keys.forgetOlder()
        }
    }
}

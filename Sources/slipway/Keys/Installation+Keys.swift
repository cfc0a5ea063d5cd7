import Foundation
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore

extension Installation {
    /// Holds a whole key ring, for where there is no file: what `keys.json` would hold.
    static let ringVariable = "SLIPWAY_KEY_RING"

    var keyFile: KeyRingFile { KeyRingFile(path: folder + "/keys.json") }

    /// Whether the ring in use is the file's: a variable goes before it.
    var isRingInFile: Bool { ProcessInfo.processInfo.environment[Self.ringVariable] == nil }

    /// The key ring, made when there is none and nothing needs an old one. Throws when credentials are sealed under a
    /// key that is not here: nothing that needs them may start then.
    func keyRing() async throws -> KeyRing {
        let ring = try await existingRing()
        let unknown = try await KeyRotation(database, ring).plan().unknown
        if let first = unknown.first {
            throw CommandFailure(
                status: .blocked,
                description:
                    "\(first.count) credentials are sealed under version \(first.version) of the key ring \(first.ring), which is not here: bring it back before anything starts"
            )
        }
        return ring
    }

    private func existingRing() async throws -> KeyRing {
        if let text = ProcessInfo.processInfo.environment[Self.ringVariable] {
            guard let ring = KeyRingFile.ring(in: text) else {
                throw CommandFailure(status: .usage, description: "\(Self.ringVariable) does not hold a key ring")
            }
            return ring
        }
        if keyFile.exists { return try keyFile.ring() }
        let uses = try await database.scoped(to: .system).read { try CredentialStore.keysInUse($0) }
        if let first = uses.first {
            throw CommandFailure(
                status: .blocked,
                description:
                    "\(keyFile.path) is missing, and \(first.count) credentials are sealed under the key ring \(first.ring): bring it back before anything starts"
            )
        }
        let ring = KeyRing.generate()
        try keyFile.write(ring)
        return ring
    }

    /// The keys as they are kept, now and after each rotation; what is missing is said here, before anything starts.
    func keys() async throws -> any KeySource {
        let ring = try await keyRing()
        guard isRingInFile else { return ring }
        return KeptKeys(keyFile, ring)
    }

    func sealer() async throws -> CredentialSealer { CredentialSealer(try await keys()) }

    var connections: Connections { Connections(changes, catalogue) }

    func connectionCredentials(_ options: DataOptions) async throws -> ConnectionCredentials {
        ConnectionCredentials(changes, catalogue, try await sealer(), root: try DataDirectory(options).rootKey())
    }
}

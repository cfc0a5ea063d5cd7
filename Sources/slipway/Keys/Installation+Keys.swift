import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore

extension Installation {
    func keeping() throws -> KeyKeeping { try KeyKeeping(file: KeyRingFile(path: folder + "/keys.json")) }

    /// The keys as they are kept, now and after each rotation; a ring in a file is made when there is none and nothing
    /// needs an old one. Throws when credentials are sealed under a key that is not here: nothing that needs them may
    /// start then.
    func keys() async throws -> any KeySource {
        let keys = try await kept()
        let unknown = try await KeyRotation(database, keys).plan().unknown
        guard let first = unknown.first else { return keys }
        throw CommandFailure(
            status: .blocked,
            description:
                "\(first.count) credentials are sealed under version \(first.version) of the key ring \(first.ring), which is not here: bring it back before anything starts"
        )
    }

    private func kept() async throws -> any KeySource {
        let keeping = try keeping()
        switch keeping {
        case .environment(let ring): return ring
        case .server(let keys): return keys
        case .file(let file):
            if !file.exists {
                try await checkNothingIsSealed(without: file)
                try file.write(.generate())
            }
            return KeptKeys(file, try file.ring())
        }
    }

    private func checkNothingIsSealed(without file: KeyRingFile) async throws {
        let uses = try await database.scoped(to: .system).read { try CredentialStore.keysInUse($0) }
        guard let first = uses.first else { return }
        throw CommandFailure(
            status: .blocked,
            description:
                "\(file.path) is missing, and \(first.count) credentials are sealed under the key ring \(first.ring): bring it back before anything starts"
        )
    }

    func sealer() async throws -> CredentialSealer { CredentialSealer(try await keys()) }

    var connections: Connections { Connections(changes, catalogue) }

    func connectionCredentials(_ options: DataOptions) async throws -> ConnectionCredentials {
        ConnectionCredentials(changes, catalogue, try await sealer(), root: try DataDirectory(options).rootKey())
    }
}

import Foundation
import SlipwayCatalogue
import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite
import SlipwayStore

/// The composition root: opens what a command works with.
struct DataDirectory {
    private let options: DataOptions

    init(_ options: DataOptions) {
        self.options = options
    }

    var path: String { options.data }

    /// The evidence log over Slipway's own database, with the key that signs.
    func evidence() async throws -> EvidenceLog { try evidence(in: try await database()) }

    func evidence(in database: any Database) throws -> EvidenceLog {
        EvidenceLog(database, key: try signingKey(), clock: SystemClock())
    }

    /// Slipway's own database, migrated. In PostgreSQL the login makes the tables, and from then on every session works
    /// as a role that row security binds.
    func database() async throws -> any Database {
        try make()
        guard let url = options.database else {
            let database = try SQLiteDatabase.file(options.data + "/slipway.sqlite")
            try await Schema.migrate(database)
            return database
        }
        let address = try PostgresAddress(url)
        try await Schema.migrate(PostgresDatabase(address, sessions: 1))
        let database = PostgresDatabase(address, role: RowSecurity.role)
        try await RowSecurity.check(database)
        return database
    }

    /// The bundled providers, and those described in the data directory's `providers` folder.
    func catalogue() throws -> ProviderCatalogue {
        let folder = options.data + "/providers"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let files = try names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
            guard let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) else {
                throw CommandFailure(
                    status: .unreachable, description: "\(folder)/\(name) cannot be read as UTF-8 text")
            }
            return (name: "\(folder)/\(name)", text: text)
        }
        return try ProviderCatalogue.reading(besides: files, operations: OperationDefinition.own)
    }

    private func make() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: options.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(
                status: .unreachable, description: "\(options.data) cannot be made: choose another --data")
        }
    }

    /// The installation's secret in `root.key`, made on first use, readable by its owner alone.
    func rootKey() throws -> RootKey {
        try make()
        let file = SecretFile(path: options.data + "/root.key")
        let bytes = try file.bytes { RootKey.generate().rawBytes }
        guard let key = RootKey(rawBytes: bytes) else {
            throw CommandFailure(
                status: .fault, description: "\(file.path) is not a root key: restore it from your backup")
        }
        return key
    }

    /// The key in `signing.key`, made on first use, readable by its owner alone.
    private func signingKey() throws -> SigningKey {
        let file = SecretFile(path: options.data + "/signing.key")
        let bytes = try file.bytes {
            let key = SigningKey.generate()
            try Data(key.verifying.pem.utf8).write(to: URL(fileURLWithPath: options.data + "/signing.pub"))
            return key.rawBytes
        }
        guard let key = SigningKey(rawBytes: bytes) else {
            throw CommandFailure(
                status: .fault, description: "\(file.path) is not a signing key: restore it from your backup")
        }
        return key
    }
}

import Foundation
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

    /// The evidence log over Slipway's own database, migrated, with the key that signs.
    func evidence() async throws -> EvidenceLog {
        try make()
        let database = try database()
        try await Schema.migrate(database)
        return EvidenceLog(database, key: try signingKey(), clock: SystemClock())
    }

    func database() throws -> any Database {
        if let url = options.database { return PostgresDatabase(try PostgresAddress(url)) }
        return try SQLiteDatabase.file(options.data + "/slipway.sqlite")
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

    /// The key in `signing.key`, made on first use, readable by its owner alone.
    private func signingKey() throws -> SigningKey {
        let path = options.data + "/signing.key"
        if !FileManager.default.fileExists(atPath: path) {
            let key = SigningKey.generate()
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
            guard descriptor >= 0 else {
                throw CommandFailure(
                    status: .unreachable, description: "\(path) cannot be made: is the folder writable?")
            }
            let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try file.write(contentsOf: Data((Hex.text(key.rawBytes) + "\n").utf8))
            try Data(key.verifying.pem.utf8).write(to: URL(fileURLWithPath: options.data + "/signing.pub"))
            return key
        }
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & 0o077 == 0 else {
            throw CommandFailure(
                status: .refused,
                description:
                    "\(path) can be read by others: run `chmod 600 \(path)`, and make a new key if it may have been seen"
            )
        }
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        guard let bytes = Hex.bytes(text.prefix { !$0.isNewline }), let key = SigningKey(rawBytes: bytes) else {
            throw CommandFailure(
                status: .fault, description: "\(path) is not a signing key: restore it from your backup")
        }
        return key
    }
}

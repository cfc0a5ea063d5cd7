import Foundation
import SlipwayPostgres
package import SlipwaySQL
import SlipwaySQLite

/// The stores a conformance suite runs on, as the arguments of its tests.
package enum Backend: String, CaseIterable, Codable, Sendable {
    case sqliteMemory
    case sqliteFile
    case postgres

    /// All of them. Only `make quick` narrows it, by `SLIPWAY_TEST_BACKENDS=sqlite`, and never where `CI=true`:
    /// without a PostgreSQL the tests fail, they do not skip.
    package static var enabled: [Backend] {
        let environment = ProcessInfo.processInfo.environment
        guard environment["CI"] != "true", let wanted = environment["SLIPWAY_TEST_BACKENDS"] else { return allCases }
        return allCases.filter { $0.rawValue.hasPrefix(wanted) }
    }

    /// Lends an empty database, and removes it afterwards, also when the body throws.
    nonisolated(nonsending) package func withDatabase<Result>(
        _ body: (any Database) async throws -> Result
    ) async throws -> Result {
        switch self {
        case .sqliteMemory:
            return try await body(SQLiteDatabase.inMemory())
        case .sqliteFile:
            return try await withTemporaryDirectory { directory in
                try await body(SQLiteDatabase.file(directory + "/slipway.sqlite"))
            }
        case .postgres:
            return try await TestCluster.shared.withDatabase { url in
                try await body(PostgresDatabase(PostgresAddress(url)))
            }
        }
    }

    /// Lends a database that was prepared by whoever its tables belong to: as that owner, and as the role that works on
    /// them. On SQLite the two are one.
    nonisolated(nonsending) package func withDatabase<Result>(
        role: String, preparedBy prepare: (any Database) async throws -> Void,
        _ body: (_ owner: any Database, _ database: any Database) async throws -> Result
    ) async throws -> Result {
        guard self == .postgres else {
            return try await withDatabase { database in
                try await prepare(database)
                return try await body(database, database)
            }
        }
        return try await TestCluster.shared.withDatabase { url in
            let address = try PostgresAddress(url)
            let owner = PostgresDatabase(address, sessions: 1)
            try await prepare(owner)
            return try await body(owner, PostgresDatabase(address, role: role))
        }
    }
}

/// Lends an empty folder, and removes it with all that was put there, also when the body throws.
nonisolated(nonsending) package func withTemporaryDirectory<Result>(
    _ body: (_ path: String) async throws -> Result
) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "slipway-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path(percentEncoded: false))
}

import Foundation
import SlipwayPostgres
import SlipwaySQL
import SlipwayTesting
import Testing

@testable import SlipwayStore

/// A migrated database with three tenants, and a login of its own that owns nothing and is a member of the role: as it
/// should be in production.
struct RowSecurityLogin {
    let name: String
    let url: String
    /// The superuser's way into the same database.
    let administrator: String

    nonisolated(nonsending) static func with(_ body: (RowSecurityLogin) async throws -> Void) async throws {
        try await withEmpty { login in
            let owner = PostgresDatabase(try PostgresAddress(login.administrator), sessions: 1)
            try await Schema.migrate(owner)
            try await administer(login.administrator, "GRANT slipway_app TO \(login.name)")
            try await owner.write { transaction in
                for side in Side.all {
                    try transaction.execute(
                        """
                        INSERT INTO workspaces VALUES (\(side.workspace), \("workspace \(side.workspace)"), 0)
                        ON CONFLICT DO NOTHING
                        """)
                    try transaction.execute(
                        "INSERT INTO tenants VALUES (\(side.tenant), \(side.workspace), \("t \(side.tenant)"), NULL, NULL, 0)"
                    )
                }
            }
            try await body(login)
        }
    }

    /// The same with nothing in the database, and before the login was made a member of anything.
    nonisolated(nonsending) static func withEmpty(_ body: (RowSecurityLogin) async throws -> Void) async throws {
        let cluster = try await TestCluster.shared.cluster()
        try await TestCluster.shared.withDatabase { url in
            let name = "login_" + UUID().uuidString.prefix(8).lowercased()
            try await administer(url, "CREATE ROLE \(name) LOGIN")
            let database = url.split(separator: "?")[0].split(separator: "/").last.map(String.init) ?? ""
            let login = RowSecurityLogin(
                name: name, url: cluster.url(user: name, database: database), administrator: url)
            try await body(login)
        }
    }
}

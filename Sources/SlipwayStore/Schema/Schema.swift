package import SlipwaySQL

/// All migrations of Slipway's own tables, oldest first.
package enum Schema {
    package static let migrations: [Migration] = [
        evidence, tenants, connections, runs, onboarding, keeping, access, rowSecurity, claims,
        providers, journeys,
    ]

    package static func migrate(_ database: any Database) async throws {
        _ = try await Migrator(migrations).migrate(database)
    }
}

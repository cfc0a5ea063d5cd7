package import SlipwayDomain
package import SlipwaySQL

/// Where the scenario's rows are: a file of this machine, which is not there until something is written, or a server.
package actor ScenarioPlace {
    package nonisolated let storage: ScenarioStorage
    /// The setting in which a transaction names its tenant, where there are policies.
    private nonisolated let setting: String
    private let open: @Sendable (_ mayMake: Bool) throws -> (any Database)?
    private var opened: (any Database)?

    /// A file. `open` gives its database; nil when there is none and it may not be made.
    package init(file open: @escaping @Sendable (_ mayMake: Bool) throws -> (any Database)?) {
        storage = .fileLocal
        setting = ""
        self.open = open
    }

    /// A database that is there, with the tables in it.
    package init(server database: any Database, setting: String) {
        storage = .postgresRLS
        self.setting = setting
        open = { _ in database }
        opened = database
    }

    /// The database as this tenant may see it; nil when nothing was ever written.
    package func existing(for tenant: ScenarioTenant) async throws -> (any Database)? {
        try await database(mayMake: false)?.scoped(to: scope(of: tenant))
    }

    /// The database as this tenant may see it, made when it is not there.
    func made(for tenant: ScenarioTenant) async throws -> any Database {
        guard let database = try await database(mayMake: true) else {
            throw DatabaseError.unavailable("the Scenario Store's file cannot be made")
        }
        return database.scoped(to: scope(of: tenant))
    }

    private nonisolated func scope(of tenant: ScenarioTenant) -> RowScope {
        storage == .fileLocal ? .none : .application(tenant: tenant.name, setting: setting)
    }

    /// Two who come first may both open it; the tables are made once, and one of the two is kept.
    private func database(mayMake: Bool) async throws -> (any Database)? {
        if let opened { return opened }
        guard let fresh = try open(mayMake) else { return nil }
        try await ScenarioTables.make(in: fresh)
        if opened == nil { opened = fresh }
        return opened
    }
}

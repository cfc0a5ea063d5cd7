package import SlipwayDomain
package import SlipwaySQL

/// Where the scenario's rows are: a file of this machine, which is not there until something is written, or a server.
package actor ScenarioPlace {
    package nonisolated let storage: ScenarioStorage
    /// The setting in which a transaction names its tenant, where there are policies.
    private nonisolated let setting: String
    private let open: @Sendable (_ mayMake: Bool) throws -> (any Database)?
    private var opened: (any Database)?
    /// What is read from while nothing was written here.
    private var looked: (any Database)?

    /// A file. `open` gives its database; where it may not be made, for reading alone, and nil when there is none.
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

    /// Two who come first may both open it; the tables are made once, and one of the two is kept. Whoever only reads leaves
    /// the file as it is: a cutover that watches it would take an open for a write.
    private func database(mayMake: Bool) async throws -> (any Database)? {
        if let opened { return opened }
        if !mayMake {
            if let looked { return looked }
            guard let found = try open(false) else { return nil }
            if try await ScenarioTables.areThere(in: found) {
                looked = found
                return found
            }
        }
        guard let fresh = try open(true) else { return nil }
        try await ScenarioTables.make(in: fresh)
        if opened == nil { opened = fresh }
        looked = nil
        return opened
    }
}

/// Where the scenario's rows are kept, by the name the console shows.
package enum ScenarioStorage: String, CaseIterable, Hashable, Sendable {
    case fileLocal = "file-local"
    case postgresRLS = "postgres-rls"
}

/// How tenants are kept apart where the rows are.
package enum ScenarioTenantMode: String, CaseIterable, Hashable, Sendable {
    /// There is one tenant at most.
    case single = "single-tenant-local"
    /// There are several in one file, and only the statements keep them apart.
    case shared = "multi-tenant-local"
    /// The server's policies bind the role that is connected.
    case secured = "multi-tenant-rls"
    /// It is a server, and it would show this role the rows of everybody.
    case unsecured = "multi-tenant-unsecured"
}

/// What the session `grant-demo-local` is at this moment, for one tenant: read from what runs, never from settings.
package struct ScenarioSession: Hashable, Sendable {
    package static let contract = "ScenarioStore.v1"

    package let tenant: ScenarioTenant
    package let storage: ScenarioStorage
    /// The mode of the server that was asked; nil where nobody was.
    package let authMode: String?
    package let tenantMode: ScenarioTenantMode
    /// Nil when nothing was ever written.
    package let lastWrite: Timestamp?
    /// Of every collection of `ScenarioCollection.counted`.
    package let counts: [ScenarioCollection: Int]
    package let actors: [ScenarioClaim]

    package init(
        tenant: ScenarioTenant, storage: ScenarioStorage, authMode: String?, tenantMode: ScenarioTenantMode,
        lastWrite: Timestamp?, counts: [ScenarioCollection: Int], actors: [ScenarioClaim]
    ) {
        self.tenant = tenant
        self.storage = storage
        self.authMode = authMode
        self.tenantMode = tenantMode
        self.lastWrite = lastWrite
        self.counts = Dictionary(
            uniqueKeysWithValues: ScenarioCollection.counted.map { ($0, counts[$0] ?? 0) })
        self.actors = actors
    }

    package var rows: Int { counts.values.reduce(0, +) }

    /// The rows of one batch, by which a cutover reports them.
    package func rows(in batch: BatchGroup) -> Int {
        counts.reduce(0) { $0 + ($1.key.batch == batch ? $1.value : 0) }
    }

    package var json: JSONValue {
        [
            "contract": .string(Self.contract), "session": .string(ScenarioGenerator.sessionName),
            "tenant": .string(tenant.name), "storage": .string(storage.rawValue),
            "authMode": authMode.map(JSONValue.string) ?? .null, "tenantMode": .string(tenantMode.rawValue),
            "lastWrite": lastWrite.map { .string($0.rfc3339) } ?? .null, "rows": .integer(Int64(rows)),
            "counts": .object(
                Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, .integer(Int64($0.value))) })),
            "actors": .array(actors.map(\.json)),
        ]
    }
}

package import SlipwayDomain
import SlipwaySQL

/// `ScenarioStore.v1`: rows in collections, a tenant's own, on whatever database the place has.
///
/// Writes that come together share a transaction; each is answered once what it wrote is committed.
package struct ScenarioStore: Sendable {
    package let place: ScenarioPlace
    private let clock: any WallClock
    private let writers: ScenarioWriters

    package init(_ place: ScenarioPlace, clock: any WallClock) {
        self.place = place
        self.clock = clock
        writers = ScenarioWriters(place, clock: clock)
    }

    /// Writes all of it or none. The same write again changes nothing and is answered the same.
    package func write(_ write: ScenarioWrite, of tenant: ScenarioTenant) async throws -> ScenarioAnswer {
        do {
            return try await writers.group(of: tenant).submit(write)
        } catch DatabaseError.unique {
            // Another server made the tenant or a user between this one's look and its write; now they are there.
            return try await writers.group(of: tenant).submit(write)
        }
    }

    /// The rows behind a sequence, in order, and whether there are more.
    package func page(
        _ collection: ScenarioCollection, of tenant: ScenarioTenant, after sequence: Int64 = 0, by actor: String? = nil,
        limit: Int
    ) async throws -> (rows: [ScenarioRow], hasMore: Bool) {
        guard let database = try await place.existing(for: tenant) else { return ([], false) }
        let rows = try await database.read {
            try ScenarioReads.page(collection, of: tenant, after: sequence, by: actor, limit: limit + 1, $0)
        }
        return (Array(rows.prefix(limit)), rows.count > limit)
    }

    package func row(
        _ id: String, of collection: ScenarioCollection, _ tenant: ScenarioTenant
    ) async throws -> ScenarioRow? {
        guard let database = try await place.existing(for: tenant) else { return nil }
        return try await database.read { try ScenarioReads.row(id, of: collection, tenant, $0) }
    }

    /// How many rows each collection has; only those one actor appended, where one is named.
    package func counts(
        of tenant: ScenarioTenant, _ collections: [(ScenarioCollection, by: String?)]
    ) async throws -> [Int] {
        guard let database = try await place.existing(for: tenant) else { return collections.map { _ in 0 } }
        return try await database.read { transaction in
            try collections.map { try ScenarioReads.count($0, of: tenant, by: $1, transaction) }
        }
    }

    /// What the session is now. `authMode` is that of the server that asks; nil for none.
    package func session(of tenant: ScenarioTenant, authMode: String?) async throws -> ScenarioSession {
        let storage = place.storage
        guard let database = try await place.existing(for: tenant) else {
            return ScenarioSession(
                tenant: tenant, storage: storage, authMode: authMode, tenantMode: .single, lastWrite: nil, counts: [:],
                actors: ScenarioClaim.bundled)
        }
        return try await database.read { transaction in
            let counted = try ScenarioCollection.counted.map {
                ($0, try ScenarioReads.count($0, of: tenant, transaction))
            }
            let writes = try ScenarioCollection.counted.compactMap {
                try ScenarioReads.lastWrite($0, of: tenant, transaction)
            }
            let actors = try ScenarioReads.actors(of: tenant, transaction)
            return ScenarioSession(
                tenant: tenant, storage: ScenarioStorage(transaction.dialect), authMode: authMode,
                tenantMode: try ScenarioStanding.mode(transaction), lastWrite: writes.max(),
                counts: Dictionary(uniqueKeysWithValues: counted),
                actors: actors.isEmpty ? ScenarioClaim.bundled : actors)
        }
    }

    /// Writes the frozen payload of what is there at one moment to `sink`, piece by piece, and says what it is known by.
    package func export(
        _ tenant: ScenarioTenant, to sink: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws -> ScenarioSnapshotSummary {
        guard let database = try await place.existing(for: tenant) else {
            return try ScenarioExport.write(of: tenant, nil, to: sink)
        }
        return try await database.read { try ScenarioExport.write(of: tenant, $0, to: sink) }
    }

    /// Exports, and keeps in `scenario_snapshots` that this was frozen, by whom, and under which earlier label. Freezing
    /// the same rows again keeps what was kept.
    package func freeze(
        _ tenant: ScenarioTenant, by actor: String, legacyChecksum: String? = nil,
        to sink: @escaping @Sendable ([UInt8]) throws -> Void = { _ in }
    ) async throws -> ScenarioSnapshotSummary {
        let now = clock.now()
        return try await place.made(for: tenant).write { transaction in
            try ScenarioWriting.hold(tenant, at: now, transaction)
            let summary = try ScenarioExport.write(of: tenant, transaction, to: sink)
            try ScenarioImport.keep(summary, legacyChecksum, by: actor, of: tenant, at: now, transaction)
            return summary
        }
    }

    /// Takes a snapshot in, rows, versions, sequences and times as they were, all of it or nothing. Returns false when
    /// exactly this is there already; throws `ScenarioImport.Failure` for anything else that is there.
    package func restore(_ envelope: ScenarioEnvelope, to tenant: ScenarioTenant, by actor: String) async throws -> Bool
    {
        guard envelope.snapshot.tenant == tenant else {
            throw ScenarioImport.Failure.anotherTenant(envelope.snapshot.tenant)
        }
        let now = clock.now()
        return try await place.made(for: tenant).write {
            try ScenarioImport.take(envelope, by: actor, at: now, $0)
        }
    }
}

/// Groups of writers, one a tenant: what shares a transaction is one tenant's.
private actor ScenarioWriters {
    private let place: ScenarioPlace
    private let clock: any WallClock
    private var groups: [ScenarioTenant: GroupCommit<ScenarioWrite, ScenarioAnswer>] = [:]

    init(_ place: ScenarioPlace, clock: any WallClock) {
        self.place = place
        self.clock = clock
    }

    func group(of tenant: ScenarioTenant) -> GroupCommit<ScenarioWrite, ScenarioAnswer> {
        if let group = groups[tenant] { return group }
        let group = GroupCommit<ScenarioWrite, ScenarioAnswer>(limit: 64) { [place, clock] writes in
            let now = clock.now()
            return try await place.made(for: tenant).write {
                try ScenarioWriting.take(writes, of: tenant, at: now, $0)
            }
        }
        groups[tenant] = group
        return group
    }
}

extension ScenarioStorage {
    /// What a database is, by the database itself.
    init(_ dialect: Dialect) {
        self = dialect == .sqlite ? .fileLocal : .postgresRLS
    }
}

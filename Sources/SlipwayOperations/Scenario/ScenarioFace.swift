package import SlipwayDomain
import SlipwaySQL
package import SlipwayStore

/// The Scenario Store as people use it: who may see which tenant's rows, and who may write what.
///
/// A tenant is named as Slipway names it, and its rows are under that name. `ScenarioTenant.demo` is there as well, for those
/// who are entitled to all tenants.
package struct ScenarioFace: Sendable {
    let store: ScenarioStore
    private let changes: LoggedChanges
    /// How the server that asks knows who is there; nil where none does.
    private let authMode: String?

    package init(_ store: ScenarioStore, _ changes: LoggedChanges, authMode: String?) {
        self.store = store
        self.changes = changes
        self.authMode = authMode
    }

    /// A collection of a tenant as the actor sees it.
    struct View {
        let tenant: ScenarioTenant
        let collection: ScenarioCollection
        let reach: ScenarioReach
        /// Whose rows are seen; nil for everybody's.
        let author: String?
    }

    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// Nobody writes there but the store.
        case keptByTheStore(ScenarioCollection)

        package var description: String {
            switch self {
            case .keptByTheStore(let collection): "\(collection.rawValue) is written by the store itself"
            }
        }
    }

    /// What the session is now.
    package func session(tenant name: String, _ context: OperationContext) async throws -> ScenarioSession {
        try await store.session(of: try await tenant(name, nil, context).scenario, authMode: authMode)
    }

    /// The collections the actor may read, each with as many rows as they would find.
    package func collections(
        tenant name: String, _ context: OperationContext
    ) async throws -> [(collection: ScenarioCollection, rows: Int)] {
        let tenant = try await tenant(name, nil, context).scenario
        let seen = ScenarioCollection.allCases.compactMap { collection -> (ScenarioCollection, by: String?)? in
            switch collection.reach(context.access.capabilities) {
            case .everything: (collection, nil)
            case .own: (collection, context.scenarioActor)
            case .nothing: nil
            }
        }
        let counts = try await store.counts(of: tenant, seen)
        return zip(seen, counts).map { ($0.0, $1) }
    }

    /// The rows behind a sequence, as far as the actor may read them. `read` gives the sequence and how many.
    package func page(
        _ collection: String, tenant: String, _ context: OperationContext,
        reading read: () throws -> (after: Int64, limit: Int)
    ) async throws -> (rows: [ScenarioRow], hasMore: Bool) {
        let view = try await view(collection, tenant: tenant, context)
        let (after, limit) = try read()
        return try await store.page(view.collection, of: view.tenant, after: after, by: view.author, limit: limit)
    }

    /// One row. Somebody else's is not there for those who read their own alone.
    package func row(
        _ id: String, of collection: String, tenant: String, _ context: OperationContext
    ) async throws -> ScenarioRow {
        let view = try await view(collection, tenant: tenant, context)
        guard let row = try await store.row(id, of: view.collection, view.tenant),
            view.author.map({ ScenarioText.areSame($0, row.actor) }) ?? true
        else { throw NotFound.row(id) }
        return row
    }

    /// Writes, once it is known that the actor may. `read` gives what is to be written.
    package func write(
        to collection: String, tenant name: String, as role: String?, _ context: OperationContext,
        reading read: () throws -> ScenarioWrite.Change
    ) async throws -> ScenarioAnswer {
        let place = try await tenant(name, nil, context)
        guard let collection = ScenarioCollection(rawValue: collection) else { throw NotFound.collection(collection) }
        guard let capability = collection.writing else { throw Failure.keptByTheStore(collection) }
        try context.require(capability, on: place.own, orHide: .tenant(name))
        let write = try ScenarioWrite(
            read(), to: collection, by: context.scenarioActor, as: role,
            isOwnOnly: collection.reach(context.access.capabilities) != .everything)
        return try await store.write(write, of: place.scenario)
    }

    /// The tenant's snapshot with its digest, written to `sink` as it is made.
    package func export(
        tenant name: String, _ context: OperationContext, to sink: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws -> ScenarioSnapshotSummary {
        let tenant = try await tenant(name, .runCutover, context).scenario
        try sink(ScenarioEnvelope.opening())
        let summary = try await store.export(tenant, to: sink)
        try sink(ScenarioEnvelope.closing(summary.digest))
        return summary
    }

    /// Takes a snapshot in. That somebody was let do it is in the access log before anything of it is in the store.
    /// Returns false when exactly this is there already.
    package func restore(
        tenant name: String, _ context: OperationContext, reading read: () throws -> ScenarioEnvelope
    ) async throws -> (isNew: Bool, summary: ScenarioSnapshotSummary) {
        let place = try await tenant(name, .runCutover, context)
        let envelope = try read()
        let summary = envelope.snapshot.summary
        try await changes(in: RowScope(context.scope)) { change in
            try change.log(
                .runCutover, on: place.own, "scenario snapshot \(summary.digest.short) of \(place.scenario)",
                by: context)
        }
        let isNew = try await store.restore(envelope, to: place.scenario, by: context.scenarioActor)
        return (isNew, summary)
    }

    private func view(
        _ collection: String, tenant name: String, _ context: OperationContext
    ) async throws -> View {
        let tenant = try await tenant(name, nil, context).scenario
        guard let collection = ScenarioCollection(rawValue: collection) else { throw NotFound.collection(collection) }
        let reach = collection.reach(context.access.capabilities)
        guard reach != .nothing else { throw Forbidden(capability: collection.reading) }
        return View(
            tenant: tenant, collection: collection, reach: reach,
            author: reach == .own ? context.scenarioActor : nil)
    }

    /// The tenant of that name or number, and as Slipway's own when it is one.
    private func tenant(
        _ name: String, _ capability: Capability?, _ context: OperationContext
    ) async throws -> (scenario: ScenarioTenant, own: ID<Tenant>?) {
        let record = try await changes.database.scoped(to: context.scope).read {
            try TenantReads.tenant(named: name, in: context.scope, $0)
        }
        let own = record?.id
        guard let scenario = record.map({ ScenarioTenant($0.name) }) ?? ScenarioTenant(name),
            record != nil || scenario == .demo
        else { throw NotFound.tenant(name) }
        try context.require(capability, on: own, orHide: .tenant(name))
        return (scenario, own)
    }
}

extension OperationContext {
    /// As whom the actor stands in rows: the id they have at whoever vouches for them.
    var scenarioActor: String { identity?.subject ?? actor.name }
}

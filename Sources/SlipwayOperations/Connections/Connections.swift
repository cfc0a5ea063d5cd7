package import SlipwayDomain
import SlipwaySQL
package import SlipwayStore

/// Manages the provider connections of a workspace. Each change, its line in the connection's history and its entry in the
/// access log are one transaction.
package struct Connections: Sendable {
    let changes: LoggedChanges
    let catalogue: ProviderCatalogue

    package init(_ changes: LoggedChanges, _ catalogue: ProviderCatalogue) {
        self.changes = changes
        self.catalogue = catalogue
    }

    /// What a connection is to be.
    package struct Draft: Sendable {
        /// By name or number.
        package var tenant: String
        package var provider: String
        /// Nil for the tenant's own.
        package var directory: String?
        package var label: String?
        package var mode: ProviderMode
        package var endpoints: [String: String]

        package init(
            tenant: String, provider: String, directory: String? = nil, label: String? = nil,
            mode: ProviderMode = .production, endpoints: [String: String] = [:]
        ) {
            self.tenant = tenant
            self.provider = provider
            self.directory = directory
            self.label = label
            self.mode = mode
            self.endpoints = endpoints
        }
    }

    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case directoryNeeded(label: String)
        case directoryOfAnother(given: String, tenant: String)
        case endpointUnknown(String, known: [String])
        case endpointNeeded(String)
        case exists(provider: String, directory: String)
        /// Runs went through it: they would point to nothing.
        case inUse

        /// Whether asking otherwise would help.
        package var isUsage: Bool {
            switch self {
            case .directoryNeeded, .directoryOfAnother, .endpointUnknown, .endpointNeeded: true
            case .exists, .inUse: false
            }
        }

        package var description: String {
            switch self {
            case .directoryNeeded(let label): "the \(label) is needed: say it with --directory"
            case .directoryOfAnother(let given, let tenant):
                "the tenant's directory is \(tenant), and the connection's would be \(given): correct one of them"
            case .endpointUnknown(let name, let known):
                "the provider has no endpoint \(name); it has \(known.joined(separator: ", "))"
            case .endpointNeeded(let name): "the endpoint \(name) is needed: say it with --endpoint \(name)=https://…"
            case .exists(let provider, let directory):
                "the tenant has a connection to \(directory) at \(provider) already"
            case .inUse: "runs went through the connection: switch it off with `slipway connection disable`"
            }
        }
    }

    /// Adds a connection. A tenant's first with a provider is its default.
    package func add(_ draft: Draft, _ context: OperationContext) async throws -> ConnectionRecord {
        guard let provider = catalogue[draft.provider] else { throw NotFound.provider(draft.provider) }
        do {
            return try await changes(in: RowScope(context.scope)) { change in
                let tenant = try change.tenant(named: draft.tenant, context)
                try context.require(.manageConnections, on: tenant.id, orHide: .tenant(draft.tenant))
                let settled = try draft.settled(numbered: change.id(), for: tenant, provider)
                try ConnectionStore.add(settled, to: context.workspace, at: change.now, change.transaction)
                try change.note(
                    .added, "to \(settled.directory) at \(provider.label), \(settled.mode.rawValue)", of: settled.id,
                    on: tenant.id, by: context)
                return try change.connection(settled.id, context)
            }
        } catch DatabaseError.unique {
            throw Failure.exists(provider: draft.provider, directory: draft.directory ?? "its directory")
        }
    }

    /// By tenant, provider and id, as far as the actor is entitled.
    package func all(tenant: String? = nil, _ context: OperationContext) async throws -> [ConnectionRecord] {
        let scope = context.scope
        return try await changes.database.scoped(to: scope).read { transaction in
            let tenant = try tenant.map { name in
                guard let found = try TenantReads.tenant(named: name, in: scope, transaction) else {
                    throw NotFound.tenant(name)
                }
                return found.id
            }
            return try ConnectionStore.all(in: scope, tenant: tenant, transaction)
        }
    }

    /// One, with the newest of its history.
    package func connection(
        _ id: ID<ProviderConnection>, _ context: OperationContext
    ) async throws -> (record: ConnectionRecord, history: [ConnectionEvent]) {
        let scope = context.scope
        return try await changes.database.scoped(to: scope).read { transaction in
            guard let record = try ConnectionStore.connection(id, in: scope, transaction) else {
                throw NotFound.connection(id.description)
            }
            return (record, try ConnectionHistory.events(of: id, limit: 50, transaction))
        }
    }

    /// Makes it the default of its tenant and provider. Exactly one is, before and after.
    package func makeDefault(_ id: ID<ProviderConnection>, _ context: OperationContext) async throws {
        try await change(id, context) { change, connection in
            guard try ConnectionStore.makeDefault(connection, at: change.now, change.transaction) else { return }
            try change.note(
                .madeDefault, "default for \(connection.provider)", of: id, on: connection.tenant, by: context)
        }
    }

    /// Switches it off, or on again: then a check has to find it connected before work goes through it.
    package func setDisabled(
        _ isDisabled: Bool, _ id: ID<ProviderConnection>, _ context: OperationContext
    ) async throws {
        try await change(id, context) { change, connection in
            guard try ConnectionStore.setDisabled(isDisabled, id, at: change.now, change.transaction) else { return }
            try change.note(
                isDisabled ? .disabled : .enabled, isDisabled ? "switched off" : "switched on", of: id,
                on: connection.tenant, by: context)
        }
    }

    /// Removes one that was never used.
    package func remove(_ id: ID<ProviderConnection>, _ context: OperationContext) async throws {
        try await change(id, context) { change, connection in
            guard try !ConnectionStore.isUsed(id, change.transaction) else { throw Failure.inUse }
            try ConnectionStore.remove(connection, at: change.now, change.transaction)
            try change.log(.manageConnections, on: connection.tenant, "connection \(id), removed", by: context)
        }
    }

    private func change<Result: Sendable>(
        _ id: ID<ProviderConnection>, _ context: OperationContext,
        _ body: @escaping @Sendable (LoggedChanges.Change, ConnectionRecord) throws -> Result
    ) async throws -> Result {
        try await changes(in: RowScope(context.scope)) { change in
            let connection = try change.connection(id, context)
            try context.require(.manageConnections, on: connection.tenant, orHide: .connection(id.description))
            return try body(change, connection)
        }
    }
}

extension Connections.Draft {
    fileprivate func settled(
        numbered id: ID<ProviderConnection>, for tenant: TenantRecord, _ provider: ProviderDefinition
    ) throws -> ConnectionStore.Draft {
        guard let directory = directory ?? tenant.directory else {
            throw Connections.Failure.directoryNeeded(label: provider.directoryLabel)
        }
        if provider.isDirectoryOfTenant, let own = tenant.directory, own != directory {
            throw Connections.Failure.directoryOfAnother(given: directory, tenant: own)
        }
        let known = provider.endpoints[mode] ?? [:]
        for name in endpoints.keys.sorted() where known[name] == nil {
            throw Connections.Failure.endpointUnknown(name, known: known.keys.sorted())
        }
        for (name, address) in known.sorted(by: { $0.key < $1.key }) where address == nil && endpoints[name] == nil {
            throw Connections.Failure.endpointNeeded(name)
        }
        return ConnectionStore.Draft(
            id: id, tenant: tenant.id, provider: provider.name, directory: directory,
            label: label ?? "\(provider.label), \(tenant.name)", mode: mode, endpoints: endpoints)
    }
}

extension LoggedChanges.Change {
    func tenant(named name: String, _ context: OperationContext) throws -> TenantRecord {
        guard let tenant = try TenantReads.tenant(named: name, in: context.scope, transaction) else {
            throw NotFound.tenant(name)
        }
        return tenant
    }

    func connection(_ id: ID<ProviderConnection>, _ context: OperationContext) throws -> ConnectionRecord {
        guard let connection = try ConnectionStore.connection(id, in: context.scope, transaction) else {
            throw NotFound.connection(id.description)
        }
        return connection
    }

    /// Writes the change into the connection's history and into the access log.
    func note(
        _ kind: ConnectionEvent.Kind, _ detail: String, of connection: ID<ProviderConnection>, on tenant: ID<Tenant>,
        by context: OperationContext
    ) throws {
        let event = ConnectionEvent(kind: kind, detail: detail, actor: context.actor.description, at: now)
        try ConnectionHistory.add(event, numbered: id(of: AccessEntry.self), to: connection, transaction)
        try log(.manageConnections, on: tenant, "connection \(connection), \(detail)", by: context)
    }
}

package import SlipwayDomain
import SlipwaySQL
import SlipwayStore

/// The way off the credentials that tenants carried themselves: each becomes a connection with a sealed credential, is
/// compared with what it was, and only then are the old fields written over and taken away.
///
/// Every part is done again without harm: stopped anywhere, the next run finds how far it was.
package struct LegacyAdoption: Sendable {
    private let changes: LoggedChanges
    private let connections: Connections
    private let credentials: ConnectionCredentials
    private let sealer: CredentialSealer
    private let provider: String

    /// `provider` is the one all old credentials are of.
    package init(
        _ connections: Connections, _ credentials: ConnectionCredentials, _ sealer: CredentialSealer,
        provider: String = "microsoft"
    ) {
        changes = connections.changes
        self.connections = connections
        self.credentials = credentials
        self.sealer = sealer
        self.provider = provider
    }

    /// Tenants that still carry old fields, by id, and what would be done about each.
    package func plan(
        _ key: LegacyKey, _ context: OperationContext
    ) async throws -> [(fields: LegacyFields, step: LegacyStep)] {
        try context.require(.manageConnections, on: nil, orHide: .workspace)
        let scope = context.scope
        let all = try await changes.database.scoped(to: scope).read { try LegacyStore.tenants(in: scope, $0) }
        var plan: [(LegacyFields, LegacyStep)] = []
        for fields in all { plan.append((fields, try await step(for: fields, key, context).step)) }
        return plan
    }

    /// What came of one tenant.
    package enum Outcome: Hashable, Sendable {
        case adopted(ID<ProviderConnection>)
        /// The connection had the credential already; the old fields are gone now.
        case cleared
        case nothing
        case left(LegacyObstacle)
    }

    package func adopt(
        _ tenant: ID<Tenant>, _ key: LegacyKey, _ context: OperationContext
    ) async throws -> Outcome {
        try context.require(.manageConnections, on: tenant, orHide: .tenant(tenant.description))
        guard let fields = try await fields(of: tenant, context) else { return .nothing }
        let (step, connection) = try await step(for: fields, key, context)
        switch step {
        case .nothing: return .nothing
        case .leave(let obstacle): return .left(obstacle)
        case .drop:
            try await drop(fields, context)
            return .cleared
        case .clear:
            try await clear(fields, connection, context)
            return .cleared
        case .adopt(let directory, let credential):
            let id = try await connect(fields, directory, connection, context)
            _ = try await credentials.put(credential, on: id, context)
            // What was sealed is read back and compared before anything of the old is touched.
            guard case (.clear, let sealed) = try await self.step(for: fields, key, context) else {
                return .left(.otherCredential)
            }
            try await clear(fields, sealed, context)
            return .adopted(id)
        }
    }

    /// How many tenants carry old fields still.
    package func left(_ context: OperationContext) async throws -> Int {
        let scope = context.scope
        return try await changes.database.scoped(to: scope).read { try LegacyStore.tenants(in: scope, $0).count }
    }

    private func fields(of tenant: ID<Tenant>, _ context: OperationContext) async throws -> LegacyFields? {
        let scope = context.scope
        return try await changes.database.scoped(to: scope).read { transaction in
            try LegacyStore.fields(of: tenant, in: scope, transaction)
        }
    }

    /// What is to be done, and the connection to the tenant's directory when there is one.
    private func step(
        for fields: LegacyFields, _ key: LegacyKey, _ context: OperationContext
    ) async throws -> (step: LegacyStep, connection: ConnectionRecord?) {
        let (scope, provider) = (context.scope, provider)
        let found = try await changes.database.scoped(to: scope).read { transaction in
            try ConnectionStore.all(in: scope, tenant: fields.tenant, transaction)
                .first { $0.provider == provider && $0.directory == fields.directory }
                .map { ($0, try CredentialStore.current(of: $0.id, transaction)) }
        }
        var existing: Credential?
        if let stored = found?.1 { existing = try await sealer.open(stored.sealed, at: stored.place) }
        let secret = fields.clientSecret.flatMap(key.opened)
        return (LegacyStep(fields, secret: secret, existing: existing), found?.0)
    }

    private func connect(
        _ fields: LegacyFields, _ directory: String, _ existing: ConnectionRecord?, _ context: OperationContext
    ) async throws -> ID<ProviderConnection> {
        if let existing { return existing.id }
        let draft = Connections.Draft(tenant: fields.tenant.description, provider: provider, directory: directory)
        return try await connections.add(draft, context).id
    }

    private func clear(
        _ fields: LegacyFields, _ connection: ConnectionRecord?, _ context: OperationContext
    ) async throws {
        let isOurs = try await changes(in: RowScope(context.scope)) { change in
            guard try LegacyStore.overwrite(fields, change.transaction) else { return false }
            if let connection {
                try change.note(
                    .adopted, "the tenant's old credential; its fields are written over", of: connection.id,
                    on: fields.tenant, by: context)
            }
            return true
        }
        if isOurs { try await drop(fields, context) }
    }

    private func drop(_ fields: LegacyFields, _ context: OperationContext) async throws {
        try await changes.database.scoped(to: context.scope).write { try LegacyStore.drop(fields.tenant, $0) }
    }
}

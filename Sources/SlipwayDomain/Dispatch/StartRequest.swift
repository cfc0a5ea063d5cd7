/// Someone's wish to start an operation, after it was checked that they may.
package struct StartRequest: Hashable, Sendable {
    package let operation: OperationDefinition
    package let workspace: ID<Workspace>
    /// Nil for work that belongs to no tenant.
    package let tenant: ID<Tenant>?
    /// The connection to act through; nil for the tenant's default.
    package let connection: ID<ProviderConnection>?
    /// Fields of the operation's own, such as `selection_key`.
    package let target: [String: String]
    /// Where it was started, such as `tenant.page` or `schedule.nightly`.
    package let surface: String
    package let initiator: Initiator
    /// The request it came by.
    package let requestedBy: RequestOrigin
    /// The run whose failed items this one takes up again.
    package let parent: Parent?
    /// The items to do, when the request names them; else the adapter plans them.
    package let items: [String]
    /// The values that scope templates and identity are made of.
    package let fields: [String: String]
    /// Equal for two requests that ask for the same work: type, workspace, tenant and the identity fields.
    package let identity: String
    /// The caller's own name for this start, when there is one.
    package private(set) var key: StartKey?
    /// The scopes that can be named; one whose fields are missing cannot be held, and what is missing blocks.
    package let scopes: [ProtectedScope]

    package init(
        operation: OperationDefinition, workspace: ID<Workspace>, tenant: ID<Tenant>? = nil,
        connection: ID<ProviderConnection>? = nil, target: [String: String] = [:], surface: String,
        initiator: Initiator, requestedBy: RequestOrigin = .system, parent: Parent? = nil, items: [String] = []
    ) {
        self.operation = operation
        self.workspace = workspace
        self.tenant = tenant
        self.connection = connection
        self.target = target
        self.surface = surface
        self.initiator = initiator
        self.requestedBy = requestedBy
        self.parent = parent
        self.items = items
        var fields = target
        fields["workspace"] = workspace.description
        fields["tenant"] = tenant?.description
        fields["connection"] = connection?.description
        self.fields = fields
        identity = Self.identity(of: operation, workspace, tenant, fields)
        scopes = operation.protectedScopes.compactMap { $0.filled(with: fields) }
    }

    /// The same request through a connection.
    package func through(_ connection: ID<ProviderConnection>) -> StartRequest {
        var request = StartRequest(
            operation: operation, workspace: workspace, tenant: tenant, connection: connection, target: target,
            surface: surface, initiator: initiator, requestedBy: requestedBy, parent: parent, items: items)
        request.key = key
        return request
    }

    /// The same request under a key of its initiator's.
    package func keyed(_ name: String, keepsBusy: Bool = false) -> StartRequest {
        var request = self
        request.key = StartKey(
            owner: initiator.description, name: name, fingerprint: fingerprint, keepsBusy: keepsBusy)
        return request
    }

    /// Equal for two requests that ask for the same in every detail.
    private var fingerprint: Digest {
        var parts = [operation.type, workspace.description, parent?.run.description ?? "-", "\(items.count)"] + items
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) { parts += [name, value] }
        return Digest(sha256Of: parts.map { "\($0.utf8.count):\($0)" }.joined().utf8)
    }

    /// A run, and the first of the line it stands in: changes at the provider are named by that one throughout.
    package struct Parent: Hashable, Sendable {
        package let run: ID<OperationRun>
        package let origin: ID<OperationRun>

        package init(run: ID<OperationRun>, origin: ID<OperationRun>) {
            self.run = run
            self.origin = origin
        }
    }

    /// Each value goes in with its length, so that no two lists of values read alike.
    private static func identity(
        of operation: OperationDefinition, _ workspace: ID<Workspace>, _ tenant: ID<Tenant>?, _ fields: [String: String]
    ) -> String {
        var text = "\(operation.type)/\(workspace)/\(tenant?.description ?? "-")"
        for name in operation.identityFields {
            let value = fields[name]
            text += "/" + (value.map { "\($0.utf8.count):\($0)" } ?? "-")
        }
        // Short ones stay readable. A digest stands for long ones, so that an index entry always fits, and for
        // what is not ASCII, so that texts which Swift calls equal are told apart as the engines do: by bytes.
        let isPlain = text.utf8.count <= 120 && text.utf8.allSatisfy { $0 < 0x80 }
        return isPlain ? text : "\(operation.type)/\(Digest(sha256Of: text.utf8))"
    }
}

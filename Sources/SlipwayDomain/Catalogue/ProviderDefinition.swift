/// Whether a connection goes to the provider itself or to its stand-in on this machine.
package enum ProviderMode: String, CaseIterable, Sendable {
    case local
    case production
}

/// What the catalogue says of a provider. Data, not code: adapters obey it.
package struct ProviderDefinition: Sendable {
    /// Its name in commands and rows, such as `microsoft`.
    package let name: String
    package let label: String
    /// The adapter that speaks to it.
    package let adapter: String
    /// What people call the provider's own name for a tenant, such as "Entra tenant id".
    package let directoryLabel: String
    /// Whether that must be the id the tenant has as its directory.
    package let isDirectoryOfTenant: Bool
    package let credentials: [CredentialKind]
    /// Addresses by name in each mode; nil for one that every connection has to bring.
    package let endpoints: [ProviderMode: [String: String?]]
    /// What has to be granted for all of its operations together.
    package let scopes: [String]
    package let probe: [ProbeStep]
    /// For how long a check's result counts.
    package let healthSeconds: Int
    /// What stands in for it locally in the application, and what takes its place; nil for one that no application
    /// of ours has a stand-in for.
    package let contract: ProviderContract?
    package let operations: [OperationDefinition]

    package init(
        name: String, label: String, adapter: String, directoryLabel: String, isDirectoryOfTenant: Bool,
        credentials: [CredentialKind], endpoints: [ProviderMode: [String: String?]], scopes: [String],
        probe: [ProbeStep], healthSeconds: Int, contract: ProviderContract? = nil,
        operations: [OperationDefinition]
    ) {
        self.name = name
        self.label = label
        self.adapter = adapter
        self.directoryLabel = directoryLabel
        self.isDirectoryOfTenant = isDirectoryOfTenant
        self.credentials = credentials
        self.endpoints = endpoints
        self.scopes = scopes
        self.probe = probe
        self.healthSeconds = healthSeconds
        self.contract = contract
        self.operations = operations
    }

    /// The operation that checks a connection; every provider has one.
    package var check: OperationDefinition? { operations.first { $0.capability == .checkProvider } }
}

/// All providers there are, and all operations.
package struct ProviderCatalogue: Sendable {
    private let providers: [String: ProviderDefinition]
    package let registry: OperationRegistry

    /// Every provider's name and every operation's type must stand once; the catalogue's reader sees to it.
    package init(_ providers: [ProviderDefinition], besides operations: [OperationDefinition] = []) {
        self.providers = Dictionary(uniqueKeysWithValues: providers.map { ($0.name, $0) })
        registry = OperationRegistry(operations + providers.flatMap(\.operations))
    }

    package subscript(name: String) -> ProviderDefinition? { providers[name] }

    /// By name.
    package var all: [ProviderDefinition] { providers.values.sorted { $0.name < $1.name } }
}

/// How far a provider connection is set up. The words are the contract's where it has them.
package enum ConnectionStatus: String, CaseIterable, Sendable {
    case needsConsent = "needs_consent"
    case connected
    case disabled
}

/// What a decision needs to know of a provider connection.
package struct ConnectionFacts: Hashable, Sendable {
    package let id: ID<ProviderConnection>
    package let tenant: ID<Tenant>
    package let provider: String
    package let label: String
    package let isDefault: Bool
    package let status: ConnectionStatus
    /// The directory the connection is for, and the one its tenant is: they must be the same.
    package let directory: String
    package let tenantDirectory: String?
    package let hasCredential: Bool
    /// What a check found granted; nil before a first check.
    package let scopesGranted: [String]?

    package init(
        id: ID<ProviderConnection>, tenant: ID<Tenant>, provider: String, label: String, isDefault: Bool,
        status: ConnectionStatus, directory: String, tenantDirectory: String?, hasCredential: Bool,
        scopesGranted: [String]? = nil
    ) {
        self.id = id
        self.tenant = tenant
        self.provider = provider
        self.label = label
        self.isDefault = isDefault
        self.status = status
        self.directory = directory
        self.tenantDirectory = tenantDirectory
        self.hasCredential = hasCredential
        self.scopesGranted = scopesGranted
    }

    /// Everything that keeps an operation from going through the connection.
    package func blockers(for operation: OperationDefinition) -> [Blocker] {
        var blockers: [Blocker] = []
        switch status {
        case .needsConsent where operation.needsConsent: blockers.append(Blocker(.consentMissing))
        case .disabled: blockers.append(Blocker(.connectionDisabled))
        case .needsConsent, .connected: break
        }
        if !hasCredential { blockers.append(Blocker(.credentialMissing)) }
        if provider == "microsoft", directory != tenantDirectory { blockers.append(Blocker(.targetMismatch)) }
        if let scopesGranted {
            let missing = ScopeDrift(requested: operation.scopes, granted: scopesGranted).missing
            if !missing.isEmpty {
                blockers.append(Blocker(.permissionMissing, detail: missing.joined(separator: ", ")))
            }
        }
        return blockers
    }
}

extension Sequence<ConnectionFacts> {
    /// The connection a request acts through: the one it names, or the default of its tenant and provider.
    package func chosen(by request: StartRequest) -> ConnectionFacts? {
        first { connection in
            connection.tenant == request.tenant && connection.provider == request.operation.provider
                && (request.connection.map { $0 == connection.id } ?? connection.isDefault)
        }
    }
}

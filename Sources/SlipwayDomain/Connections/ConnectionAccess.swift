/// All an adapter needs to act through a connection, for the length of one call.
package struct ConnectionAccess: Sendable {
    package let connection: ID<ProviderConnection>
    package let tenant: ID<Tenant>
    /// The provider's name in the catalogue.
    package let provider: String
    /// The provider's own name for the tenant: a directory id, a realm, a database.
    package let directory: String
    /// Where the provider is, by the names its catalogue entry gives (`authority`, `graph`): absolute URLs without a
    /// slash at their end. Requests go to these hosts and to no others.
    package let endpoints: [String: String]
    /// Whether the provider stands in on this machine: then, and only then, plain HTTP to the loopback is allowed.
    package let isLocal: Bool
    /// What the provider must have granted for the connection to be healthy.
    package let scopesRequested: [String]
    package let credential: Credential

    package init(
        connection: ID<ProviderConnection>, tenant: ID<Tenant>, provider: String, directory: String,
        endpoints: [String: String], isLocal: Bool, scopesRequested: [String], credential: Credential
    ) {
        self.connection = connection
        self.tenant = tenant
        self.provider = provider
        self.directory = directory
        self.endpoints = endpoints
        self.isLocal = isLocal
        self.scopesRequested = scopesRequested
        self.credential = credential
    }
}

/// Opens a connection's credential for a run.
package protocol CredentialSource: Sendable {
    /// That it was read is in the access log before this returns; a read that cannot be logged fails. Throws
    /// `terminal` with the reason where the connection or its credential is missing, or does not open.
    func access(
        through connection: ID<ProviderConnection>, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ConnectionAccess
}

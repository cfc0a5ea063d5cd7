package import SlipwayDomain
import SlipwaySQL
import SlipwayStore

/// Opens the credentials that runs act with. Each read is in the access log, in the transaction that reads.
package struct RunCredentials: CredentialSource {
    private let changes: LoggedChanges
    private let catalogue: ProviderCatalogue
    private let sealer: CredentialSealer

    package init(_ changes: LoggedChanges, _ catalogue: ProviderCatalogue, _ sealer: CredentialSealer) {
        self.changes = changes
        self.catalogue = catalogue
        self.sealer = sealer
    }

    package func access(
        through connection: ID<ProviderConnection>, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ConnectionAccess {
        let run = permit.run
        let found: (workspace: ID<Workspace>, connection: ConnectionRecord, credential: StoredCredential?)?
        do {
            found = try await read(connection, for: run)
        } catch {
            // Nothing was read: no entry, no credential.
            throw .transient(.internalFault)
        }
        guard let found else { throw .terminal(.connectionMissing) }
        guard let stored = found.credential else { throw .terminal(.credentialMissing) }
        guard let provider = catalogue[found.connection.provider] else {
            throw .terminal(.adapterMissing, detail: "the catalogue has no provider \(found.connection.provider)")
        }
        return try await opened(stored, found.connection, provider)
    }

    private func read(
        _ connection: ID<ProviderConnection>, for run: ID<OperationRun>
    ) async throws -> (workspace: ID<Workspace>, connection: ConnectionRecord, credential: StoredCredential?)? {
        try await changes(in: .system) { change in
            guard let found = try ConnectionStore.connectionOfRun(run, connection, change.transaction) else {
                return nil
            }
            let credential = try CredentialStore.current(of: connection, change.transaction)
            let version = credential.map { "version \($0.place.version), \($0.fingerprint)" } ?? "none"
            let record = AccessRecord(
                at: change.now, tenant: found.connection.tenant, actor: Initiator(kind: .system, name: "worker"),
                origin: RequestOrigin(requestID: "run-\(run)", source: "worker", means: "permit"),
                action: "credential.read", resource: "credential of connection \(connection), \(version)",
                decision: .allowed)
            try change.log(record, in: found.workspace)
            return (found.workspace, found.connection, credential)
        }
    }

    private func opened(
        _ stored: StoredCredential, _ connection: ConnectionRecord, _ provider: ProviderDefinition
    ) async throws(AdapterFailure) -> ConnectionAccess {
        let credential: Credential
        do {
            credential = try await sealer.open(stored.sealed, at: stored.place)
        } catch .unavailable {
            throw .transient(.keyUnavailable)
        } catch {
            throw .terminal(.keyUnavailable, detail: error.description)
        }
        let own = connection.endpoints
        let endpoints = (provider.endpoints[connection.mode] ?? [:]).reduce(into: own) { addresses, entry in
            if addresses[entry.key] == nil, let address = entry.value { addresses[entry.key] = address }
        }
        return ConnectionAccess(
            connection: connection.id, tenant: connection.tenant, provider: connection.provider,
            directory: connection.directory, endpoints: endpoints, isLocal: connection.mode == .local,
            scopesRequested: provider.scopes, credential: credential)
    }
}

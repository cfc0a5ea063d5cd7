package import SlipwayDomain
import SlipwaySQL
import SlipwayStore

/// Gives connections their credentials. A credential goes in here and comes out for a run alone.
package struct ConnectionCredentials: Sendable {
    private let changes: LoggedChanges
    private let catalogue: ProviderCatalogue
    private let sealer: CredentialSealer
    private let root: RootKey

    package init(
        _ changes: LoggedChanges, _ catalogue: ProviderCatalogue, _ sealer: CredentialSealer, root: RootKey
    ) {
        self.changes = changes
        self.catalogue = catalogue
        self.sealer = sealer
        self.root = root
    }

    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case kindNotTaken(CredentialKind, taken: [CredentialKind])
        case directoryOfAnother(given: String, connection: String)
        case empty
        case noEarlier
        /// Somebody else gave it another one in the meantime.
        case changedMeanwhile

        package var description: String {
            switch self {
            case .kindNotTaken(let kind, let taken):
                "the provider takes no \(kind.rawValue); it takes \(taken.map(\.rawValue).joined(separator: ", "))"
            case .directoryOfAnother(let given, let connection):
                "the credential is for the directory \(given), and the connection for \(connection)"
            case .empty: "the secret is empty"
            case .noEarlier: "there is no earlier credential that may still be gone back to"
            case .changedMeanwhile: "the credential was changed by somebody else meanwhile: look at it, then try again"
            }
        }
    }

    /// Seals a credential as the connection's next version. The one before it can be gone back to for `overlap` seconds.
    /// Returns the version.
    package func put(
        _ credential: Credential, on id: ID<ProviderConnection>, expiresAt: Timestamp? = nil,
        overlapSeconds: Int = 86_400, _ context: OperationContext
    ) async throws -> Int64 {
        let now = changes.clock.now()
        let (connection, last) = try await read(id, context) { try CredentialStore.lastVersion(of: id, $0) }
        guard credential.secret.count > 0 else { throw Failure.empty }
        let taken = catalogue[connection.provider]?.credentials ?? []
        guard taken.contains(credential.kind) else { throw Failure.kindNotTaken(credential.kind, taken: taken) }
        if case .clientSecret(_, _, let directory?) = credential, directory != connection.directory {
            throw Failure.directoryOfAnother(given: directory, connection: connection.directory)
        }
        let stored = try await sealed(
            credential, as: last + 1, of: connection, in: context.workspace, expiresAt: expiresAt)
        try await keep(
            stored, .credentialSet, until: now.advanced(seconds: Int64(overlapSeconds)), of: connection, context)
        return stored.place.version
    }

    /// Goes back to the version before the current one, as a version of its own.
    package func restoreEarlier(
        on id: ID<ProviderConnection>, overlapSeconds: Int = 86_400, _ context: OperationContext
    ) async throws -> Int64 {
        let now = changes.clock.now()
        let (connection, found) = try await read(id, context) { transaction in
            (
                try CredentialStore.earlier(of: id, at: now, transaction),
                try CredentialStore.lastVersion(of: id, transaction)
            )
        }
        guard let earlier = found.0 else { throw Failure.noEarlier }
        let credential = try await sealer.open(earlier.sealed, at: earlier.place)
        let stored = try await sealed(
            credential, as: found.1 + 1, of: connection, in: context.workspace, expiresAt: earlier.expiresAt)
        try await keep(
            stored, .credentialRestored, until: now.advanced(seconds: Int64(overlapSeconds)), of: connection, context)
        return stored.place.version
    }

    private func read<Value: Sendable>(
        _ id: ID<ProviderConnection>, _ context: OperationContext,
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> (ConnectionRecord, Value) {
        let scope = context.scope
        let (connection, value) = try await changes.database.scoped(to: scope).read { transaction in
            guard let connection = try ConnectionStore.connection(id, in: scope, transaction) else {
                throw NotFound.connection(id.description)
            }
            return (connection, try body(transaction))
        }
        try context.require(.manageConnections, on: connection.tenant, orHide: .connection(id.description))
        return (connection, value)
    }

    private func sealed(
        _ credential: Credential, as version: Int64, of connection: ConnectionRecord, in workspace: ID<Workspace>,
        expiresAt: Timestamp?
    ) async throws -> StoredCredential {
        let place = CredentialPlace(
            workspace: workspace, tenant: connection.tenant, provider: connection.provider, connection: connection.id,
            version: version, kind: credential.kind)
        return StoredCredential(
            place: place, sealed: try await sealer.seal(credential, at: place),
            fingerprint: credential.fingerprint(root), expiresAt: expiresAt)
    }

    private func keep(
        _ stored: StoredCredential, _ kind: ConnectionEvent.Kind, until: Timestamp, of connection: ConnectionRecord,
        _ context: OperationContext
    ) async throws {
        try await changes(in: RowScope(context.scope)) { change in
            let isPut = try CredentialStore.put(
                stored, numbered: change.id(), earlierUntil: until, at: change.now, change.transaction)
            guard isPut else { throw Failure.changedMeanwhile }
            try change.note(
                kind, "\(stored.place.kind.rawValue) version \(stored.place.version), \(stored.fingerprint)",
                of: connection.id, on: connection.tenant, by: context)
        }
    }
}

extension Credential {
    /// Tells whether two secrets are the same without telling what they are: short, keyed, for people to compare.
    func fingerprint(_ root: RootKey) -> String {
        String(root.tag(secret.revealedText(), for: .fingerprint).prefix(16))
    }
}

import SlipwayCatalogue
import SlipwayDomain
import SlipwayOperations
import SlipwayStore
import SlipwayTesting
import Testing

/// A dispatch fixture with what manages connections, and keys to seal their credentials.
struct ConnectionFixture {
    let fixture: DispatchFixture
    let ring: KeyRing

    nonisolated(nonsending) static func with<Result>(
        _ backend: Backend, _ body: (ConnectionFixture) async throws -> Result
    ) async throws -> Result {
        try await DispatchFixture.with(backend) { fixture in
            try await body(ConnectionFixture(fixture: fixture, ring: .generate()))
        }
    }

    var connections: Connections { Connections(fixture.changes, .bundled) }

    func credentials(_ ring: KeyRing? = nil) -> ConnectionCredentials {
        ConnectionCredentials(fixture.changes, .bundled, CredentialSealer(ring ?? self.ring), root: .generate())
    }

    func reads(_ keys: (any KeySource)? = nil) -> RunCredentials {
        RunCredentials(fixture.changes, .bundled, CredentialSealer(keys ?? ring))
    }

    func add(
        tenant: Int64 = 1, _ provider: String = "microsoft", directory: String? = nil, secret: String? = nil
    ) async throws -> ConnectionRecord {
        let endpoints = provider == "oidc" ? ["issuer": "https://login.example.com"] : [:]
        let record = try await connections.add(
            Connections.Draft(
                tenant: "tenant \(tenant)", provider: provider, directory: directory, endpoints: endpoints),
            fixture.context())
        if let secret { _ = try await put(secret, on: record.id) }
        return record
    }

    @discardableResult
    func put(_ secret: String, on id: ID<ProviderConnection>) async throws -> Int64 {
        try await credentials().put(
            .clientSecret(clientID: "client", secret: SecretBytes(secret)), on: id, fixture.context())
    }

    /// A run through the connection that a worker has taken, and what it may open.
    func access(
        _ connection: ConnectionRecord, with reads: RunCredentials
    ) async throws -> Result<ConnectionAccess, AdapterFailure> {
        let run = try await run(through: connection)
        return await Self.access(reads, connection.id, run)
    }

    func run(through connection: ConnectionRecord) async throws -> ID<OperationRun> {
        let check = try #require(ProviderCatalogue.bundled[connection.provider]?.check)
        let request = StartRequest(
            operation: check, workspace: fixture.workspace, tenant: connection.tenant, connection: connection.id,
            surface: "test", initiator: Initiator(kind: .operator, name: "olena"))
        return try #require(try await fixture.gate().start(request).run)
    }

    static func access(
        _ reads: RunCredentials, _ connection: ID<ProviderConnection>, _ run: ID<OperationRun>
    ) async -> Result<ConnectionAccess, AdapterFailure> {
        let permit = DispatchPermit(run: run, scopes: [], fence: 1, deadline: SteadyInstant(microseconds: 1_000_000))
        do {
            return .success(try await reads.access(through: connection, with: permit))
        } catch {
            return .failure(error)
        }
    }
}

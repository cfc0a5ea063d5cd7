import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct CredentialTests {
    @Test(arguments: Backend.enabled)
    func `a run opens its own connection's credential, and the log says so`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            let connection = try await on.add(secret: "first")
            let access = try await on.access(connection, with: on.reads()).get()
            #expect(access.credential.secret.matches(SecretBytes("first")))
            #expect(access.endpoints["graph"] == "https://graph.microsoft.com")
            let entries = try await AccessQueries(on.fixture.unscoped).newest(limit: 10, on.fixture.context())
            let read = entries.first { $0.record.action == "credential.read" }
            #expect(read?.record.tenant == connection.tenant)
            #expect(read?.record.resource.contains("first") == false)
            // Another connection's run opens nothing.
            let other = try await on.add(tenant: 2, secret: "other")
            let run = try await on.run(through: other)
            let stolen = await ConnectionFixture.access(on.reads(), connection.id, run)
            #expect(throws: AdapterFailure.terminal(.connectionMissing)) { _ = try stolen.get() }
        }
    }

    @Test(arguments: Backend.enabled)
    func `a read that cannot be logged fails`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            let connection = try await on.add(secret: "first")
            let run = try await on.run(through: connection)
            _ = try await on.fixture.owner.scoped(to: .system).write { transaction in
                try transaction.execute("ALTER TABLE access_log RENAME TO lost_log")
            }
            let access = await ConnectionFixture.access(on.reads(), connection.id, run)
            #expect(throws: AdapterFailure.transient(.internalFault)) { _ = try access.get() }
        }
    }

    @Test(arguments: Backend.enabled)
    func `a new version takes over, and the one before it comes back`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            let connection = try await on.add(secret: "first")
            #expect(try await on.put("second", on: connection.id) == 2)
            let run = try await on.run(through: connection)
            #expect(try await Self.opened(on, connection, run).matches(SecretBytes("second")))
            let credentials = on.credentials()
            #expect(try await credentials.restoreEarlier(on: connection.id, on.fixture.context()) == 3)
            #expect(try await Self.opened(on, connection, run).matches(SecretBytes("first")))
            on.fixture.clock.advance(seconds: 86_401)
            await #expect(throws: ConnectionCredentials.Failure.noEarlier) {
                _ = try await credentials.restoreEarlier(on: connection.id, on.fixture.context())
            }
            #expect(try await on.fixture.count("earlier_credentials") == 1)
            _ = try await RunPruner(on.fixture.unscoped, clock: on.fixture.clock)(keepDays: 1)
            #expect(try await on.fixture.count("earlier_credentials") == 0)
        }
    }

    private static func opened(
        _ on: ConnectionFixture, _ connection: ConnectionRecord, _ run: ID<OperationRun>
    ) async throws -> SecretBytes {
        try await ConnectionFixture.access(on.reads(), connection.id, run).get().credential.secret
    }

    @Test(arguments: Backend.enabled)
    func `a row that is copied over another does not open`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            let (one, other) = (try await on.add(secret: "one"), try await on.add(tenant: 2, secret: "other"))
            let run = try await on.run(through: other)
            _ = try await on.fixture.owner.scoped(to: .system).write { transaction in
                try transaction.execute(
                    """
                    UPDATE provider_credentials SET payload = (SELECT k.payload FROM provider_credentials k
                        WHERE k.provider_connection_id = \(one.id)) WHERE provider_connection_id = \(other.id)
                    """)
            }
            let access = await ConnectionFixture.access(on.reads(), other.id, run)
            #expect(throws: AdapterFailure.terminal(.keyUnavailable, detail: KeyFailure.doesNotOpen.description)) {
                _ = try access.get()
            }
        }
    }

    @Test(arguments: Backend.enabled)
    func `what the provider does not take is refused`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            let connection = try await on.add()
            let (credentials, context) = (on.credentials(), on.fixture.context())
            await #expect(throws: ConnectionCredentials.Failure.self) {
                _ = try await credentials.put(.apiKey(SecretBytes("key")), on: connection.id, context)
            }
            await #expect(
                throws: ConnectionCredentials.Failure.directoryOfAnother(given: "d", connection: "directory-1")
            ) {
                _ = try await credentials.put(
                    .clientSecret(clientID: "c", secret: SecretBytes("s"), directory: "d"), on: connection.id, context)
            }
            await #expect(throws: ConnectionCredentials.Failure.empty) {
                _ = try await on.put("", on: connection.id)
            }
        }
    }
}

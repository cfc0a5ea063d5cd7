import SlipwayCatalogue
import SlipwayDomain
import SlipwayOperations
import SlipwayStore
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct ConnectionTests {
    @Test(arguments: Backend.enabled)
    func `the first of a tenant and provider is the default, and one always is`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            let first = try await on.add("oidc", directory: "https://one.example.com")
            let second = try await on.add("oidc", directory: "https://two.example.com")
            let other = try await on.add()
            #expect([first.isDefault, second.isDefault, other.isDefault] == [true, false, true])
            try await on.connections.makeDefault(second.id, on.fixture.context())
            try await on.connections.makeDefault(second.id, on.fixture.context())
            #expect(try await Self.defaults(on) == [second.id, other.id])
            // The default goes: the oldest that is left takes its place.
            try await on.connections.remove(second.id, on.fixture.context())
            #expect(try await Self.defaults(on) == [first.id, other.id])
        }
    }

    private static func defaults(_ on: ConnectionFixture) async throws -> Set<ID<ProviderConnection>> {
        Set(try await on.connections.all(on.fixture.context()).filter(\.isDefault).map(\.id))
    }

    @Test(arguments: Backend.enabled)
    func `what does not fit is refused and leaves nothing`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            _ = try await on.add()
            await #expect(throws: Connections.Failure.exists(provider: "microsoft", directory: "its directory")) {
                _ = try await on.add()
            }
            await #expect(
                throws: Connections.Failure.directoryOfAnother(given: "directory-2", tenant: "directory-1")
            ) {
                _ = try await on.add(directory: "directory-2")
            }
            await #expect(throws: NotFound.provider("acme")) { _ = try await on.add("acme") }
            await #expect(throws: NotFound.tenant("tenant 77")) { _ = try await on.add(tenant: 77) }
            await #expect(throws: Connections.Failure.endpointNeeded("database")) {
                _ = try await on.add("postgres", directory: "app")
            }
            #expect(try await on.connections.all(on.fixture.context()).count == 1)
        }
    }

    @Test(arguments: Backend.enabled)
    func `one that a run went through is not removed`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            let connection = try await on.add(secret: "one")
            _ = try await on.run(through: connection)
            await #expect(throws: Connections.Failure.inUse) {
                try await on.connections.remove(connection.id, on.fixture.context())
            }
            try await on.connections.setDisabled(true, connection.id, on.fixture.context())
            let (record, history) = try await on.connections.connection(connection.id, on.fixture.context())
            #expect(record.status == .disabled)
            #expect(history.map(\.kind) == [.disabled, .credentialSet, .added])
        }
    }

    @Test(arguments: Backend.enabled)
    func `whoever is not entitled sees none, and who may not manage them changes none`(
        on backend: Backend
    ) async throws {
        try await ConnectionFixture.with(backend) { on in
            let connection = try await on.add()
            let tenants: Set<ID<Tenant>> = [try #require(ID(2))]
            let outsider = on.fixture.context(
                Access(entitlement: .tenants(tenants), capabilities: Set(Capability.allCases)))
            let viewer = on.fixture.context(Access(entitlement: .workspace, capabilities: []))
            #expect(try await on.connections.all(outsider).isEmpty)
            await #expect(throws: NotFound.connection("\(connection.id)")) {
                try await on.connections.makeDefault(connection.id, outsider)
            }
            await #expect(throws: Forbidden(capability: .manageConnections)) {
                try await on.connections.makeDefault(connection.id, viewer)
            }
            await #expect(throws: Forbidden(capability: .manageConnections)) {
                _ = try await on.connections.add(
                    Connections.Draft(tenant: "tenant 3", provider: "microsoft"), viewer)
            }
        }
    }

    @Test(arguments: Backend.enabled)
    func `what a check finds decides what may start`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            let connection = try await on.add(secret: "one")
            let sync = try #require(ProviderCatalogue.bundled.registry["directory.groups.sync"])
            #expect(try await Self.blockers(sync, on) == [.consentMissing])
            try await Self.found(
                ConnectionFindings(health: .degraded, consent: .granted, scopesGranted: []), connection, on)
            #expect(try await Self.blockers(sync, on) == [.permissionMissing])
            try await Self.found(
                ConnectionFindings(health: .healthy, consent: .granted, scopesGranted: ["Group.ReadWrite.All"]),
                connection, on)
            #expect(try await Self.blockers(sync, on) == [])
            try await Self.found(
                ConnectionFindings(health: .unhealthy, consent: .missing, reason: .consentMissing), connection, on)
            #expect(try await Self.blockers(sync, on) == [.consentMissing])
        }
    }

    private static func found(
        _ findings: ConnectionFindings, _ connection: ConnectionRecord, _ on: ConnectionFixture
    ) async throws {
        let permit = DispatchPermit(
            run: try #require(ID(1)), scopes: [], fence: 1, deadline: SteadyInstant(microseconds: 1))
        let results = RunFindings(on.fixture.unscoped, clock: on.fixture.clock, ids: on.fixture.ids)
        try await results.found(findings, of: connection.id, with: permit)
    }

    private static func blockers(_ operation: OperationDefinition, _ on: ConnectionFixture) async throws -> [ReasonCode]
    {
        let request = StartRequest(
            operation: operation, workspace: on.fixture.workspace, tenant: ID(1), surface: "test",
            initiator: Initiator(kind: .operator, name: "olena"))
        guard case .blocked(let blockers) = try await on.fixture.gate().preflight(request).decision else { return [] }
        return blockers.map(\.reason)
    }

    @Test func `a check counts for a time`() {
        let checked = Timestamp(microseconds: 0)
        let health = ConnectionHealth(status: .healthy, checkedAt: checked)
        #expect(health.standing(at: checked.advanced(seconds: 60), countsSeconds: 60).isHealthy)
        #expect(health.standing(at: checked.advanced(seconds: 61), countsSeconds: 60) == .stale(.healthy))
        #expect(!health.standing(at: checked.advanced(seconds: 61), countsSeconds: 60).isHealthy)
        #expect(
            ConnectionHealth(status: .unknown, checkedAt: nil).standing(at: checked, countsSeconds: 60) == .neverChecked
        )
    }
}

extension DispatchFixture {
    func context(_ access: Access) -> OperationContext {
        context(Initiator(kind: .operator, name: "olena"), access)
    }
}

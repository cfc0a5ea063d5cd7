import Logging
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Synchronization
import Testing

/// A server whose connections' secrets are canaries, at a provider that repeats them; and everything it showed.
final class CanaryFixture: Sendable {
    let web: WebFixture
    let on: ConnectionFixture
    let canaries: Canaries
    let logs: LogLines
    /// Where the provider is.
    private let base: String
    /// Each text that anybody got to see, with where that was.
    private let shown = Mutex<[(place: String, text: String)]>([])
    /// How many canaries are sealed.
    private let sealed = Mutex(0)

    static func with(
        _ backend: Backend, count: Int, _ body: @escaping @Sendable (CanaryFixture) async throws -> Void
    ) async throws {
        let logs = LogLines()
        var generator = SeededGenerator(try #require(Seed.forThisRun(count: 1).first))
        let canaries = Canaries(count, using: &generator)
        try await EchoingProvider.with(logger: logs.logger) { base in
            try await WebFixture.with(backend, logger: logs.logger) { web in
                try await body(CanaryFixture(web, canaries, logs, base))
            }
        }
    }

    private init(_ web: WebFixture, _ canaries: Canaries, _ logs: LogLines, _ base: String) {
        self.web = web
        self.canaries = canaries
        self.logs = logs
        self.base = base
        on = ConnectionFixture(fixture: web.fixture, ring: .generate())
    }

    func show(_ place: String, _ text: String) {
        shown.withLock { $0.append((place, text)) }
    }

    /// Where canaries are to be seen, in all that was shown and logged so far.
    var sightings: [String] {
        let texts = shown.withLock(\.self) + logs.all.map { ("log", $0) }
        return texts.flatMap { place, text in canaries.sightings(in: text).map { "\(place): \($0)" } }
    }

    var shownCount: Int { shown.withLock(\.count) }

    /// A secret that is in no credential yet.
    private func secret() -> SecretBytes {
        let number = sealed.withLock { number in
            number += 1
            return number - 1
        }
        return SecretBytes(canaries.texts[number])
    }
}

extension CanaryFixture {
    /// One of each tenant with each kind of provider, made and given their credentials as people do; some twice.
    func connect() async throws -> [ConnectionRecord] {
        var made: [ConnectionRecord] = []
        for tenant in 1...9 {
            let way = tenant < 5 ? "refuses" : "grants"
            for (provider, endpoints) in [
                ("microsoft", ["authority": "/\(way)/\(tenant)", "graph": "/\(way)/\(tenant)"]),
                ("keycloak", ["issuer": "/\(way)/keycloak-\(tenant)"]),
                ("document-ai", ["health": "/\(way)/documents-\(tenant)/health"]),
            ] {
                let connection = try await on.connections.add(
                    Connections.Draft(
                        tenant: "tenant \(tenant)", provider: provider, mode: .local,
                        endpoints: endpoints.mapValues { base + $0 }), on.fixture.context())
                for _ in 0..<(tenant == 1 ? 2 : 1) { try await give(connection, credential(for: provider)) }
                made.append(connection)
            }
        }
        let first = try #require(made.first)
        _ = try await on.credentials().restoreEarlier(on: first.id, on.fixture.context())
        return made
    }

    private func give(_ connection: ConnectionRecord, _ credential: Credential) async throws {
        show("credential", "\(credential) \(String(reflecting: credential))")
        var text = ""
        dump(credential, to: &text)
        show("credential", text)
        _ = try await on.credentials().put(credential, on: connection.id, on.fixture.context())
        // What is refused says why, and not what.
        for wrong: Credential in [
            .basic(name: "n", password: credential.secret),
            .clientSecret(clientID: "c", secret: credential.secret, directory: "another"),
        ] {
            do {
                _ = try await on.credentials().put(wrong, on: connection.id, on.fixture.context())
                Issue.record("\(wrong.kind) was taken by \(connection.provider)")
            } catch {
                show("refused credential", "\(error) \(String(reflecting: error))")
            }
        }
    }

    private func credential(for provider: String) -> Credential {
        provider == "document-ai" ? .apiKey(secret()) : .clientSecret(clientID: "client", secret: secret())
    }

    /// Seals all canaries that are left, many in a transaction, in connections of their own.
    func sealTheRest() async throws {
        let sealer = CredentialSealer(on.ring)
        let (fixture, database) = (on.fixture, on.fixture.database)
        let tenant = try #require(ID<Tenant>(9))
        var number = Int64(sealed.withLock(\.self))
        while number < canaries.texts.count {
            var rows: [(draft: ConnectionStore.Draft, stored: StoredCredential)] = []
            while number < canaries.texts.count, rows.count < 500 {
                number += 1
                let id = try #require(ID<ProviderConnection>(number))
                let credential = Credential.basic(name: "user", password: secret())
                let place = CredentialPlace(
                    workspace: fixture.workspace, tenant: tenant, provider: "postgres", connection: id, version: 1,
                    kind: .basic)
                let stored = StoredCredential(
                    place: place, sealed: try await sealer.seal(credential, at: place), fingerprint: "\(number)",
                    expiresAt: nil)
                let draft = ConnectionStore.Draft(
                    id: id, tenant: tenant, provider: "postgres", directory: "database-\(number)", label: "one of many",
                    mode: .local, endpoints: [:])
                rows.append((draft, stored))
            }
            let (batch, now) = (rows, fixture.clock.now())
            try await database.write { transaction in
                for (draft, stored) in batch {
                    try ConnectionStore.add(draft, to: fixture.workspace, at: now, transaction)
                    let id = try #require(ID<AccessEntry>(draft.id.number))
                    let isPut = try CredentialStore.put(
                        stored, numbered: id, earlierUntil: now, at: now, transaction)
                    #expect(isPut)
                }
            }
        }
    }
}

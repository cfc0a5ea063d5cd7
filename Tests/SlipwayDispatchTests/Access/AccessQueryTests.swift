import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(15))) struct AccessQueryTests {
    @Test func `who a request is from takes one query, by whichever way`() async throws {
        try await DispatchFixture.with(.sqliteMemory) { fixture in
            let oidc = OIDCFixture()
            try await oidc.session("a-session", for: "olena", fixture)
            let mock = Identity(issuer: Identity.mockIssuer, subject: "iryna")
            let members = Members(fixture.changes)
            _ = try await members.put(
                Members.Draft(identity: mock, kind: .person, name: "i", role: .operator, tenants: ["1", "2"]),
                fixture.context())
            let (_, text) = try await Tokens(fixture.changes).create(
                Tokens.Draft(member: mock, name: "t", capabilities: nil, tenants: ["1"], days: 1),
                random: Array(repeating: 7, count: 32), fixture.context())
            let token = try #require(TokenText(text))

            let counting = CountingDatabase(fixture.database)
            let signIn = SignIn(counting, workspace: fixture.workspace, clock: fixture.clock)
            let sessions = Sessions(
                LoggedChanges(counting, clock: fixture.clock, ids: fixture.ids), workspace: fixture.workspace)
            func proven(_ role: Role?, _ tenants: Set<String>?) -> ProvenPerson {
                ProvenPerson(identity: mock, name: "i", role: role, tenants: tenants)
            }
            let ways: [(String, () async throws -> Bool)] = [
                ("a header", { try await signIn.mock(actor: "iryna", role: nil) != nil }),
                ("a header that names the role", { try await signIn.mock(actor: "iryna", role: .viewer) != nil }),
                ("an API token", { try await signIn.token(token) != nil }),
                ("a session", { try await sessions.find("a-session") != nil }),
                ("claims", { try await signIn.proven(proven(.operator, ["1"]), means: "bearer").access.isMember }),
                ("a member's claims", { try await signIn.proven(proven(nil, []), means: "bearer").access.isMember }),
            ]
            // The first use of a token is noted.
            _ = try await signIn.token(token)
            for (name, way) in ways {
                counting.reset()
                #expect(try await way(), "\(name)")
                #expect(counting.count == 1, "\(name): \(counting.count)")
            }
        }
    }
}

/// Counts statements.
private final class CountingDatabase: Database {
    private let inner: any Database
    private let statements = Atomic(0)

    init(_ inner: any Database) {
        self.inner = inner
    }

    var dialect: Dialect { inner.dialect }

    var count: Int { statements.load(ordering: .sequentiallyConsistent) }

    /// Counts of one are counts of the other: there is one at a time here.
    func scoped(to scope: RowScope) -> any Database { self }

    func reset() { statements.store(0, ordering: .sequentiallyConsistent) }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await inner.read { try body(CountingTransaction(inner: $0) { self.add($0) }) }
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await inner.write { try body(CountingTransaction(inner: $0) { self.add($0) }) }
    }

    private func add(_ count: Int) {
        statements.add(count, ordering: .sequentiallyConsistent)
    }
}

private struct CountingTransaction: Transaction {
    let inner: any Transaction
    let add: (Int) -> Void

    var dialect: Dialect { inner.dialect }

    func query(_ sql: SQL) throws(DatabaseError) -> [Row] {
        add(1)
        return try inner.query(sql)
    }

    @discardableResult
    func execute(_ sql: SQL) throws(DatabaseError) -> Int {
        add(1)
        return try inner.execute(sql)
    }

    func follow(with statements: [SQL]) throws(DatabaseError) {
        add(statements.count)
        try inner.follow(with: statements)
    }
}

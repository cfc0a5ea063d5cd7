import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite
import SlipwayStore
import SlipwayTesting
import Synchronization
import Testing

/// The Scenario Store's statements, on every engine.
@Suite(.timeLimit(.minutes(15))) struct ScenarioStoreTests {
    /// Lends a store over an empty database of that kind.
    nonisolated(nonsending) static func with<Result>(
        _ backend: Backend, _ body: (ScenarioStore, ManualClock) async throws -> Result
    ) async throws -> Result {
        try await backend.withDatabase { database in
            let clock = ManualClock()
            let place =
                database.dialect == .sqlite
                ? ScenarioPlace { _ in database } : ScenarioPlace(server: database, setting: "slipway.tenant")
            if database.dialect == .postgres { try await ScenarioTables.make(in: database) }
            return try await body(ScenarioStore(place, clock: clock), clock)
        }
    }

    static func append(
        _ ids: [String], to collection: ScenarioCollection = .orders, saying payload: JSONValue = ["n": 1],
        by actor: ScenarioActor = .marek
    ) throws -> ScenarioWrite {
        let drafts = try ids.map { try ScenarioDraft(id: $0, payload: ScenarioPayload(payload)) }
        return try ScenarioWrite(.append(drafts), to: collection, by: actor.id, as: actor.role.rawValue)
    }

    /// A tenant's snapshot file.
    static func file(of store: ScenarioStore, _ tenant: ScenarioTenant = .demo) async throws -> [UInt8] {
        let bytes = Mutex(ScenarioEnvelope.opening())
        let summary = try await store.export(tenant) { piece in bytes.withLock { $0 += piece } }
        return bytes.withLock(\.self) + ScenarioEnvelope.closing(summary.digest)
    }

    @Test(arguments: Backend.enabled)
    func `rows are there as they were written, in the order in which they were`(on backend: Backend) async throws {
        try await Self.with(backend) { store, clock in
            let hostile: JSONValue = [
                "k": "\u{0}'; DROP TABLE orders; --\\\"{}\u{1F600}e\u{301}", "n": .double(0.1), "x": [.null],
            ]
            let first = try await store.write(Self.append(["b", "a"], saying: hostile), of: .demo)
            let second = try await store.write(Self.append(["c"]), of: .demo)
            #expect(first.rows?.first?.payload == (try ScenarioPayload(hostile)))
            let all = try await store.page(.orders, of: .demo, limit: 10)
            #expect(all.rows == (first.rows ?? []) + (second.rows ?? []))
            #expect(all.rows.map(\.id) == ["b", "a", "c"] && !all.hasMore)
            let page = try await store.page(.orders, of: .demo, after: 1, limit: 1)
            #expect(page.rows.map(\.id) == ["a"] && page.hasMore)
            #expect(try await store.row("a", of: .orders, .demo) == first.rows?.last)
            #expect(try await store.row("z", of: .orders, .demo) == nil)
            let session = try await store.session(of: .demo, authMode: "test")
            #expect(session.counts[.orders] == 3 && session.counts[.auditEvents] == 2 && session.rows == 5)
            #expect(session.rows(in: .operations) == 3 && session.rows(in: .audit) == 2)
            #expect(session.lastWrite == clock.now())
            #expect(session.actors == ScenarioClaim.bundled && session.authMode == "test")
            #expect(try await store.counts(of: .demo, [(.tenants, nil), (.users, nil)]) == [1, 5])
        }
    }

    @Test(arguments: Backend.enabled)
    func `a write that is made again changes nothing, and one that says something else is a conflict`(
        on backend: Backend
    ) async throws {
        try await Self.with(backend) { store, clock in
            let first = try await store.write(Self.append(["a", "b"]), of: .demo)
            let before = try await Self.file(of: store)
            clock.advance(seconds: 60)
            let again = try await store.write(Self.append(["a", "b"]), of: .demo)
            #expect(again == ScenarioAnswer(outcomes: first.outcomes, written: 0))
            let other = try await store.write(Self.append(["new", "b"], saying: ["n": 2]), of: .demo)
            #expect(other.outcomes == [.held(id: "new"), .conflict(id: "b", version: 1)])
            #expect(try await Self.file(of: store) == before, "not a byte of the store is another")
            let draft = try ScenarioDraft(id: "b", payload: ScenarioPayload(["n": 2]))
            let update = try ScenarioWrite(.update(draft, in: [1]), to: .orders, by: ScenarioActor.anna.id, as: nil)
            let changed = try await store.write(update, of: .demo)
            #expect(changed.rows?.first?.version == 2 && changed.rows?.first?.sequence == 3)
            #expect(try await store.row("b", of: .orders, .demo) == changed.rows?.first)
            #expect(try await store.write(update, of: .demo) == ScenarioAnswer(outcomes: changed.outcomes, written: 0))
            let late = try ScenarioWrite(.update(draft, in: [7]), to: .orders, by: ScenarioActor.anna.id, as: nil)
            #expect(try await store.write(late, of: .demo).rows == nil)
        }
    }

    @Test(arguments: Backend.enabled)
    func `many who write the same at once leave it once, and are answered the same`(on backend: Backend) async throws {
        try await Self.with(backend) { store, _ in
            let ids = (0..<20).map { "order.\($0)" }
            let answers = try await withThrowingTaskGroup(of: ScenarioAnswer.self) { group in
                for caller in 0..<40 {
                    let write = try Self.append(caller.isMultiple(of: 2) ? ids : ids.reversed())
                    group.addTask { try await store.write(write, of: .demo) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.reduce(0) { $0 + $1.written } == ids.count)
            let rows = Set(answers.compactMap(\.rows).map { $0.sorted { $0.id < $1.id } })
            #expect(rows.count == 1 && answers.allSatisfy { $0.rows != nil })
            let stored = try await store.page(.orders, of: .demo, limit: 100).rows
            #expect(stored.map(\.sequence) == Array(1...20))
            #expect(try await store.counts(of: .demo, [(.auditEvents, nil)]) == [1])
        }
    }

    @Test(arguments: Backend.enabled)
    func `many who write one at a time are each there, without a gap`(on backend: Backend) async throws {
        try await Self.with(backend) { store, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<16 {
                    group.addTask {
                        for number in 0..<10 {
                            let answer = try await store.write(Self.append(["r.\(caller).\(number)"]), of: .demo)
                            #expect(answer.rows?.first?.id == "r.\(caller).\(number)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let rows = try await store.page(.orders, of: .demo, limit: 1000).rows
            #expect(rows.map(\.sequence) == Array(1...160))
            #expect(Set(rows.map(\.id)).count == 160)
            let events = try await store.page(.auditEvents, of: .demo, limit: 1000).rows
            #expect(events.map(\.sequence) == Array(1...160))
        }
    }

    @Test(arguments: Backend.enabled)
    func `tenants have their own rows, their own sequences and their own snapshots`(on backend: Backend) async throws {
        try await Self.with(backend) { store, _ in
            let other = try #require(ScenarioTenant("o'brien \u{E9}"))
            let twin = try #require(ScenarioTenant("o'brien e\u{301}"))
            _ = try await store.write(Self.append(["a"]), of: .demo)
            let own = try await store.write(Self.append(["a"], saying: ["n": 2]), of: other)
            #expect(own.rows?.first?.sequence == 1)
            #expect(try await store.page(.orders, of: other, limit: 9).rows == own.rows)
            #expect(try await store.page(.orders, of: twin, limit: 9).rows.isEmpty)
            #expect(try await store.session(of: twin, authMode: nil).rows == 0)
            let envelope = try ScenarioEnvelope(parsing: try await Self.file(of: store, other))
            #expect(envelope.snapshot.tenant == other && envelope.snapshot.rows[.orders] == own.rows)
        }
    }

    @Test(arguments: Backend.enabled)
    func `whoever writes becomes a user, and is named by the audit event`(on backend: Backend) async throws {
        try await Self.with(backend) { store, _ in
            let draft = try ScenarioDraft(id: "a", payload: ScenarioPayload([:]))
            for (number, id) in ["auth0|żaneta", "auth0|żaneta", "olena"].enumerated() {
                let write = try ScenarioWrite(
                    .append([ScenarioDraft(id: "a\(number)", payload: draft.payload)]), to: .orders, by: id, as: "owner"
                )
                _ = try await store.write(write, of: .demo)
            }
            let session = try await store.session(of: .demo, authMode: nil)
            #expect(session.actors.count == 7)
            #expect(session.actors.contains { $0.id == "auth0|żaneta" && $0.role == "owner" })
            let events = try await store.page(.auditEvents, of: .demo, limit: 9).rows
            #expect(events.map(\.actor) == ["auth0|żaneta", "auth0|żaneta", "olena"])
            _ = try ScenarioEnvelope(parsing: try await Self.file(of: store))
        }
    }

    @Test(arguments: Backend.enabled)
    func `who wrote them is how own rows are found`(on backend: Backend) async throws {
        try await Self.with(backend) { store, _ in
            _ = try await store.write(Self.append(["mine.1"], to: .clientRequests, by: .lviv), of: .demo)
            _ = try await store.write(Self.append(["other"], to: .clientRequests, by: .anna), of: .demo)
            _ = try await store.write(Self.append(["mine.2"], to: .clientRequests, by: .lviv), of: .demo)
            let own = try await store.page(.clientRequests, of: .demo, by: ScenarioActor.lviv.id, limit: 1)
            #expect(own.rows.map(\.id) == ["mine.1"] && own.hasMore)
            let rest = try await store.page(.clientRequests, of: .demo, after: 1, by: ScenarioActor.lviv.id, limit: 9)
            #expect(rest.rows.map(\.id) == ["mine.2"] && !rest.hasMore)
            #expect(try await store.counts(of: .demo, [(.clientRequests, by: ScenarioActor.lviv.id)]) == [2])
        }
    }

    @Test func `a server that would show one tenant another's rows is refused`() async throws {
        try await TestCluster.shared.withDatabase { url in
            let database = PostgresDatabase(try PostgresAddress(url))
            await #expect(throws: DatabaseError.self) { try await ScenarioStanding.check(database) }
            try await ScenarioTables.make(in: database)
            await #expect(throws: DatabaseError.self) { try await ScenarioStanding.check(database) }
            let store = ScenarioStore(ScenarioPlace(server: database, setting: "slipway.tenant"), clock: ManualClock())
            let session = try await store.session(of: .demo, authMode: nil)
            #expect(session.tenantMode == .unsecured && session.storage == .postgresRLS)
        }
    }

    @Test func `a database with other tables of these names is left as it is`() async throws {
        let database = try SQLiteDatabase.inMemory()
        _ = try await database.write { try $0.execute("CREATE TABLE payments (payment_id INTEGER PRIMARY KEY)") }
        await #expect(throws: DatabaseError.self) { try await ScenarioTables.make(in: database) }
        await #expect(throws: DatabaseError.self) { try await database.read { try $0.query("SELECT 1 FROM orders") } }
    }
}

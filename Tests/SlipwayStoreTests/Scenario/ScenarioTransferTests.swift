import Foundation
import SlipwayDomain
import SlipwaySQL
import SlipwaySQLite
import SlipwayStore
import SlipwayTesting
import Testing

/// Snapshots out of a store and into one, and the file that is not there until something is written.
@Suite(.timeLimit(.minutes(15))) struct ScenarioTransferTests {
    /// Some rows of every collection.
    private static func fill(_ store: ScenarioStore, rows: Int = 1300) async throws {
        for part in try ScenarioFilling(seed: 5, rows: rows).parts() {
            let write = try ScenarioWrite(
                .append(part.drafts), to: part.collection, by: part.actor.id, as: part.actor.role.rawValue)
            #expect(try await store.write(write, of: .demo).written == part.drafts.count)
        }
    }

    @Test(arguments: Backend.enabled)
    func `what one store exports another takes in and exports as the same bytes`(on backend: Backend) async throws {
        let source = ScenarioStore(try Self.memory(), clock: ManualClock())
        try await Self.fill(source)
        let file = try await ScenarioStoreTests.file(of: source)
        let envelope = try ScenarioEnvelope(parsing: file)
        #expect(envelope.snapshot.summary.rows > 1300)
        try await ScenarioStoreTests.with(backend) { store, clock in
            clock.advance(seconds: 3600)
            #expect(try await store.restore(envelope, to: .demo, by: "olena"))
            #expect(try await ScenarioStoreTests.file(of: store) == file)
            #expect(try await store.restore(envelope, to: .demo, by: "olena") == false)
            #expect(try await store.counts(of: .demo, [(.snapshots, nil)]) == [1])
            let session = try await store.session(of: .demo, authMode: nil)
            let before = try await source.session(of: .demo, authMode: nil)
            #expect(session.counts == before.counts && session.lastWrite == before.lastWrite)
            #expect(session.actors == before.actors)
            // And the store goes on where the other was.
            let next = try await store.write(ScenarioStoreTests.append(["one.more"]), of: .demo)
            let last = try #require(envelope.snapshot.rows[.orders]?.map(\.sequence).max())
            #expect(next.rows?.first?.sequence == last + 1)
            await #expect(throws: ScenarioImport.Failure.self) {
                try await store.restore(envelope, to: .demo, by: "olena")
            }
        }
    }

    @Test(arguments: Backend.enabled)
    func `an import into a store with other rows, or of another tenant, leaves all as it was`(
        on backend: Backend
    ) async throws {
        let source = ScenarioStore(try Self.memory(), clock: ManualClock())
        try await Self.fill(source, rows: 40)
        let envelope = try ScenarioEnvelope(parsing: try await ScenarioStoreTests.file(of: source))
        try await ScenarioStoreTests.with(backend) { store, _ in
            _ = try await store.write(ScenarioStoreTests.append(["payment.1"], to: .payments, by: .olena), of: .demo)
            let before = try await ScenarioStoreTests.file(of: store)
            await #expect(throws: ScenarioImport.Failure.notEmpty(rows: 2)) {
                try await store.restore(envelope, to: .demo, by: "olena")
            }
            let other = try #require(ScenarioTenant("other"))
            await #expect(throws: ScenarioImport.Failure.anotherTenant(.demo)) {
                try await store.restore(envelope, to: other, by: "olena")
            }
            #expect(try await ScenarioStoreTests.file(of: store) == before)
            #expect(try await store.session(of: other, authMode: nil).rows == 0)
        }
    }

    @Test(arguments: Backend.enabled)
    func `an import that breaks off leaves nothing, and can be made again`(on backend: Backend) async throws {
        let source = ScenarioStore(try Self.memory(), clock: ManualClock())
        try await Self.fill(source, rows: 300)
        let envelope = try ScenarioEnvelope(parsing: try await ScenarioStoreTests.file(of: source))
        for moment in CrashingDatabase.Moment.allCases {
            try await backend.withDatabase { database in
                // The first commit makes the tables, and the second is the import's.
                let dying = CrashingDatabase(database, crashingAt: (commit: 1, moment: moment))
                let store = ScenarioStore(ScenarioPlace { _ in dying }, clock: ManualClock())
                await #expect(throws: SimulatedCrash.self) {
                    try await store.restore(envelope, to: .demo, by: "olena")
                }
                let next = ScenarioStore(ScenarioPlace { _ in database }, clock: ManualClock())
                let rows = try await next.session(of: .demo, authMode: nil).rows
                #expect(rows == (moment == .before ? 0 : envelope.snapshot.summary.rows))
                #expect(try await next.restore(envelope, to: .demo, by: "olena") == (moment == .before))
                let file = try await ScenarioStoreTests.file(of: next)
                #expect(try ScenarioEnvelope(parsing: file).snapshot == envelope.snapshot)
            }
        }
    }

    @Test(arguments: Backend.enabled)
    func `what was frozen is kept once, by its digest, and is in no snapshot itself`(on backend: Backend) async throws {
        try await ScenarioStoreTests.with(backend) { store, _ in
            _ = try await store.write(ScenarioStoreTests.append(["a"]), of: .demo)
            let frozen = try await store.freeze(.demo, by: "olena", legacyChecksum: "bfg-eba94650")
            #expect(try await store.freeze(.demo, by: "anna") == frozen)
            let rows = try await store.page(.snapshots, of: .demo, limit: 9).rows
            #expect(rows.map(\.id) == [frozen.digest.hex])
            let payload = try #require(try rows.first.map { try JSONValue(parsing: Array($0.payload.text.utf8)) })
            #expect(payload["snapshotDigest"] == .string("\(frozen.digest)") && payload["rows"] == 2)
            #expect(payload["legacyChecksum"] == "bfg-eba94650")
            _ = try await store.write(ScenarioStoreTests.append(["b"]), of: .demo)
            #expect(try await store.freeze(.demo, by: "olena") != frozen)
        }
    }

    @Test func `a file is made by the first write, and by nothing before it`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/scenario.sqlite"
            let place = ScenarioPlace { mayMake in
                guard mayMake || FileManager.default.fileExists(atPath: path) else { return nil }
                return try SQLiteDatabase.file(path)
            }
            let store = ScenarioStore(place, clock: ManualClock())
            let fresh = try await store.session(of: .demo, authMode: nil)
            #expect(fresh.rows == 0 && fresh.lastWrite == nil && fresh.actors.count == 5)
            #expect(fresh.storage == .fileLocal && fresh.tenantMode == .single)
            #expect(try await store.page(.orders, of: .demo, limit: 9).rows.isEmpty)
            #expect(try await store.row("a", of: .orders, .demo) == nil)
            let empty = try ScenarioEnvelope(parsing: try await ScenarioStoreTests.file(of: store))
            #expect(empty.snapshot.summary.rows == 0)
            #expect(!FileManager.default.fileExists(atPath: path))
            _ = try await store.write(ScenarioStoreTests.append(["a"]), of: .demo)
            #expect(FileManager.default.fileExists(atPath: path))
            let another = ScenarioStore(
                ScenarioPlace { _ in try SQLiteDatabase.file(path) }, clock: ManualClock())
            #expect(try await another.page(.orders, of: .demo, limit: 9).rows.map(\.id) == ["a"])
            let second = try #require(ScenarioTenant("second"))
            _ = try await another.write(ScenarioStoreTests.append(["a"]), of: second)
            #expect(try await another.session(of: .demo, authMode: nil).tenantMode == .shared)
        }
    }

    private static func memory() throws -> ScenarioPlace {
        let database = try SQLiteDatabase.inMemory()
        return ScenarioPlace { _ in database }
    }
}

import Foundation
import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite
import SlipwayStore
import SlipwayTesting
import Synchronization
import Testing

@testable import SlipwayCutover

/// A filled `scenario.sqlite`, moved to a PostgreSQL by a cutover, and the store on both sides of it.
struct ScenarioMoveFixture {
    static let other = "Lviv Farma"

    let file: ScenarioStore
    let server: ScenarioStore
    /// As the application role, in no tenant's scope.
    let database: PostgresDatabase
    let job: CutoverJob
    let url: String
    let schema: String

    var tenants: [ScenarioTenant] { [.demo, ScenarioTenant(Self.other)].compactMap(\.self) }

    /// Lends the two after every stage of the cutover has passed. `name` is the schema's, and the roles' on the cluster.
    nonisolated(nonsending) static func with(
        _ name: String, _ body: (ScenarioMoveFixture) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/scenario.sqlite"
            let file = ScenarioStore(ScenarioPlace { _ in try SQLiteDatabase.file(path) }, clock: ManualClock())
            try await fill(file, .demo, rows: 700, seed: 1)
            try await fill(file, try #require(ScenarioTenant(other)), rows: 120, seed: 2)
            _ = try await file.freeze(.demo, by: ScenarioActor.anna.id, legacyChecksum: "bfg-eba94650")
            try await TestCluster.shared.withDatabase { url in
                let job = try SourceFixture.job(source: path, target: url, tenant: .column("tenant_id"), name: name)
                try await move(job)
                let target = job.manifest.target
                let database = PostgresDatabase(
                    try PostgresAddress(url), role: target.applicationRole, schema: target.schema)
                try await ScenarioStanding.check(database)
                let place = ScenarioPlace(server: database, setting: target.tenantSetting)
                try await body(
                    ScenarioMoveFixture(
                        file: file, server: ScenarioStore(place, clock: ManualClock()), database: database, job: job,
                        url: url, schema: target.schema))
            }
        }
    }

    private static func move(_ job: CutoverJob) async throws {
        let preflight = try PreflightStage(job).run()
        #expect(preflight.passes, "nothing of the store has to be mapped by hand")
        _ = try await CopyStage(job).run()
        let report = try await VerifyStage(job).run()
        #expect(report.holds && report.targetDigest == preflight.snapshotDigest)
    }

    private static func fill(_ store: ScenarioStore, _ tenant: ScenarioTenant, rows: Int, seed: UInt64) async throws {
        for part in try ScenarioFilling(seed: seed, rows: rows).parts() {
            let write = try ScenarioWrite(
                .append(part.drafts), to: part.collection, by: part.actor.id, as: part.actor.role.rawValue)
            _ = try await store.write(write, of: tenant)
        }
        let draft = try ScenarioDraft(
            id: "orders.000000001", payload: ScenarioPayload(["hostile": "\u{0}'\"\\\u{1F600}e\u{301}"]))
        let update = try ScenarioWrite(
            .update(draft, in: [1]), to: .orders, by: ScenarioActor.marek.id, as: "dispatcher")
        _ = try await store.write(update, of: tenant)
    }

    /// A tenant's snapshot, as the file it would be.
    static func snapshot(_ store: ScenarioStore, _ tenant: ScenarioTenant) async throws -> [UInt8] {
        let bytes = Mutex(ScenarioEnvelope.opening())
        let summary = try await store.export(tenant) { piece in bytes.withLock { $0 += piece } }
        return bytes.withLock(\.self) + ScenarioEnvelope.closing(summary.digest)
    }
}

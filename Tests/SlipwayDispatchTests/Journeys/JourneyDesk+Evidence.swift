import SlipwayDomain
import SlipwayOperations
import SlipwayStore
import SlipwayTesting
import SlipwayWeb
import Testing

/// What runs would leave, as they would leave it.
extension JourneyDesk {
    func connect() async throws {
        try await seal(
            .adapterConnection, checks: ["endpoint", "tls", "rbac", "write"],
            ["hostSHA256": "db.example", "certificateDaysLeft": 200])
    }

    func dryRun(_ snapshot: String = "first", by initiator: String = operatorOfTheHouse) async throws {
        let batches = BatchGroup.allCases.map { group -> JSONValue in
            ["batch": .string(group.rawValue), "sourceRows": 0, "targetRows": 0]
        }
        try await seal(
            .adapterDryRun, checks: ["export", "schema", "claims", "transcript", "checkpoint"],
            [
                "snapshot": .string("\(Digest(sha256Of: snapshot.utf8))"), "rows": 0, "batches": .array(batches),
                "endpoint": "db.example", "actors": try await record().actorsDigest.map(JSONValue.string) ?? .null,
                "initiator": .string(initiator),
            ])
    }

    func drill() async throws {
        let snapshot = try await record().snapshot.map { JSONValue.string($0.digest) }
        try await seal(.rollbackDrill, checks: ["storage"], ["snapshot": snapshot ?? .null])
    }

    func wire() async throws {
        try await seal(
            .adapterWiring, checks: ["endpoint", "tenant", "claims", "rls"],
            ["endpoint": "db.example", "accepted": .string(try await record().infrastructureDigest)])
    }

    private func record() async throws -> JourneyRecord {
        try await web.services.journeys.standing("demo", web.fixture.context()).record
    }

    private func seal(_ kind: PacketKind, checks: [String], _ facts: [String: JSONValue]) async throws {
        web.fixture.clock.advance(seconds: 1)
        let manifest = Digest(sha256Of: "cutover.yaml".utf8)
        let list = checks.map { name -> JSONValue in
            ["id": .string(name), "outcome": "pass", "detail": "measured"]
        }
        let own: [String: JSONValue] = [
            "checks": .array(list), "manifestDigest": .string("\(manifest)"),
            "initiator": .string(Self.operatorOfTheHouse),
        ]
        _ = try await web.fixture.evidence.seal(
            PacketDraft(
                kind: kind, scope: "grant-demo-local", outcome: .pass,
                subjects: [Subject(name: "manifest", digest: manifest)], facts: own.merging(facts) { $1 }, lines: []))
    }
}

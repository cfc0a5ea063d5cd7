import SlipwayDomain
import Testing

/// A journey whose evidence and decisions are made by hand, one action of the plan at a time.
struct JourneyFixture {
    static let start = Timestamp(microseconds: 1_795_000_000_000_000)
    private static let manifest = Digest(sha256Of: "manifest".utf8)

    var record: JourneyRecord
    var now = JourneyFixture.start
    private var numbers = IDMint(random: 7)
    private var sequence: Int64 = 0
    /// What an empty source has; other numbers make batches that need nobody's word.
    var rows = 0
    var host = "db.example"
    var certificateDays: Int64 = 200
    var snapshotName = "first"

    /// The bundled scenario as it is before anybody did anything but choose the adapter.
    init() throws {
        let journey = Journey(
            id: try #require(ID(1)), name: "demo", from: .localDemo, to: .staging,
            cutover: Journey.Cutover(name: "grant-demo-local", file: "cutover.yaml", manifest: Self.manifest),
            people: JourneyPeople(), createdAt: Self.start)
        let checks: [CheckID] = [
            "prov.scenario", "prov.auth", "prov.docint", "prov.ksef", "prov.maps", "prov.offline",
        ]
        let contracts = checks.map {
            ProviderContract(check: $0, provider: "p", currentMode: "local", targetMode: "real", version: 1)
        }
        let session = SessionReading(
            storage: "file-local", auth: "mock-auth-header", tenantMode: "single-tenant-local",
            contract: "ScenarioStore.v1", session: "grant-demo-local", lastWrite: nil, rows: 0,
            actors: ScenarioActor.all.map {
                SessionReading.Actor(id: $0.id, role: $0.role.rawValue, permissions: $0.permissions)
            })
        record = JourneyRecord(
            journey: journey, contracts: contracts, session: session, packets: [:], decisions: [])
        decide(.adapter, by: ScenarioActor.anna)
    }

    var board: Board { Board.compute(.bundled, readings: record.readings, at: now) }

    static let operatorOfTheHouse = Signer(name: "ops", role: Role.operator.name)

    mutating func decide(_ subject: DecisionSubject, by actor: ScenarioActor) {
        decide(subject, by: Signer(name: actor.id, role: actor.role.rawValue))
    }

    mutating func decide(
        _ subject: DecisionSubject, by signer: Signer, _ verdict: SignedDecision.Verdict = .accepted,
        fields: [String: String]? = nil
    ) {
        now = now.advanced(seconds: 1)
        let usual = subject.fields.map { ($0, $0 == "adapter" ? "db-auth-session-adapter" : "named") }
        record.decisions.append(
            SignedDecision(
                number: numbers.next(at: now), subject: subject, verdict: verdict, signer: signer, means: "test",
                fields: fields ?? Dictionary(uniqueKeysWithValues: usual), seen: record.seenDigest(subject), at: now))
    }

    mutating func seal(_ kind: PacketKind, checks: [String], failing: String? = nil, _ facts: [String: JSONValue] = [:])
        throws
    {
        now = now.advanced(seconds: 1)
        sequence += 1
        let list = checks.map { name -> JSONValue in
            ["id": .string(name), "outcome": name == failing ? "fail" : "pass", "detail": "measured"]
        }
        let own: [String: JSONValue] = [
            "checks": .array(list),
            "manifestDigest": record.journey.cutover?.manifest.map { .string($0.description) } ?? .null,
            "initiator": .string(Self.operatorOfTheHouse.name), "sequence": .integer(sequence),
        ]
        let draft = PacketDraft(
            kind: kind, scope: "grant-demo-local", outcome: failing == nil ? .pass : .fail,
            subjects: [Subject(name: "manifest", digest: Self.manifest)], facts: own.merging(facts) { $1 }, lines: [])
        record.packets[kind] = try Packet(draft, sequence: sequence, previous: nil, sealedAt: now)
    }

    mutating func connect(failing: String? = nil) throws {
        try seal(
            .adapterConnection, checks: ["endpoint", "tls", "rbac", "write"], failing: failing,
            ["hostSHA256": .string(host), "certificateDaysLeft": .integer(certificateDays)])
    }

    mutating func dryRun(failing: String? = nil) throws {
        let batches = BatchGroup.allCases.map { group -> JSONValue in
            [
                "batch": .string(group.rawValue), "sourceRows": .integer(Int64(rows)),
                "targetRows": .integer(Int64(rows)),
            ]
        }
        try seal(
            .adapterDryRun, checks: ["export", "schema", "claims", "transcript", "checkpoint"], failing: failing,
            [
                "snapshot": .string(Digest(sha256Of: snapshotName.utf8).description), "rows": .integer(Int64(rows * 4)),
                "batches": .array(batches), "endpoint": .string(host),
                "actors": record.actorsDigest.map(JSONValue.string) ?? .null,
            ])
    }

    mutating func drill(failing: String? = nil) throws {
        try seal(
            .rollbackDrill, checks: ["storage"], failing: failing,
            ["snapshot": record.snapshot.map { .string($0.digest) } ?? .null])
    }

    mutating func wire(failing: String? = nil) throws {
        try seal(
            .adapterWiring, checks: ["endpoint", "tenant", "claims", "rls"], failing: failing,
            ["endpoint": .string(host), "accepted": .string(record.infrastructureDigest)])
    }

    /// Does what an action of the bundled plan asks for.
    mutating func perform(_ action: ActionID) throws {
        switch action {
        case "record_connection": try connect()
        case "run_dry_run": try dryRun()
        case "drill_restore": try drill()
        case "wiring_preflight": try wire()
        case "review_credentials":
            decide(.credentials, by: Self.operatorOfTheHouse)
            decide(.credentials, by: ScenarioActor.marek)
        case "sign_go":
            decide(.go, by: ScenarioActor.anna)
            decide(.go, by: ScenarioActor.marek)
        default:
            let subject = try #require(Self.subjects[action])
            decide(subject, by: owner(of: subject))
        }
    }

    private func owner(of subject: DecisionSubject) -> Signer {
        let name = record.owner(of: subject)
        guard let actor = ScenarioActor.all.first(where: { $0.id == name }) else { return Self.operatorOfTheHouse }
        return Signer(name: actor.id, role: actor.role.rawValue)
    }

    private static let subjects: [ActionID: DecisionSubject] = [
        "accept_contracts": .contractsRehearsal, "accept_roles": .rolesRehearsal, "accept_store": .storeRehearsal,
        "accept_schema": .schemaRehearsal, "accept_secrets": .secretsRehearsal,
        "accept_migration": .migrationRehearsal, "ack_rollback": .rollbackOwner, "count_operations": .operationsBatch,
        "count_finance": .financeBatch, "count_audit": .auditBatch, "decide_hosting": .hosting,
        "decide_region": .region, "decide_runtime": .runtime, "decide_secrets": .secretsBoundary,
        "accept_provider": .provider, "accept_auth": .auth, "accept_tenant": .tenantBoundary,
    ]

    /// Follows the next action until it is a go; returns what was done.
    mutating func walk(limit: Int = 60) throws -> [ActionID] {
        var done: [ActionID] = []
        while !board.verdict.isGo, let next = board.next, done.count < limit {
            try perform(next.action)
            done.append(next.action)
        }
        return done
    }
}

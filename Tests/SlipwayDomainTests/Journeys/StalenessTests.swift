import SlipwayDomain
import Testing

/// What makes evidence and acceptances count no more.
@Suite(.timeLimit(.minutes(15))) struct StalenessTests {
    private func atGo() throws -> JourneyFixture {
        var fixture = try JourneyFixture()
        _ = try fixture.walk()
        #expect(fixture.board.verdict.isGo)
        return fixture
    }

    private func stale(_ board: Board) -> Set<String> {
        Set(
            board.plan.leaves.map(\.id).filter {
                if case .stale = board.check($0)?.state { true } else { false }
            }.map(\.rawValue))
    }

    private static let measured = [
        "conn.endpoint", "conn.tls", "conn.rbac", "conn.write", "dry.export", "dry.schema", "dry.claims",
        "dry.transcript", "dry.checkpoint", "rb.storage", "wir.endpoint", "wir.tenant", "wir.claims", "wir.rls",
    ]

    @Test func `another adapter leaves only what is not about it`() throws {
        var fixture = try atGo()
        fixture.decide(
            .adapter, by: Signer(name: ScenarioActor.anna.id, role: "md"), fields: ["adapter": "tenant-rbac-adapter"])
        let board = fixture.board
        let held = Set(BoardPlan.bundled.leaves.map(\.id.rawValue)).subtracting(stale(board))
            .filter { board.check(CheckID($0))?.isMet == true }
        #expect(held.contains("reh.contracts") && held.contains("reh.roles"))
        for check in Self.measured + [
            "reh.store", "reh.schema", "reh.secrets", "reh.migration", "acc.provider", "inf.region", "rb.owner",
            "go.signed",
        ] {
            #expect(!held.contains(check), "\(check)")
        }
        #expect(!board.verdict.isGo)
    }

    @Test func `another endpoint takes what was rehearsed there with it`() throws {
        var fixture = try atGo()
        fixture.host = "other.example"
        try fixture.connect()
        let stale = stale(fixture.board)
        #expect(stale.isSuperset(of: ["dry.export", "dry.transcript", "wir.endpoint", "wir.rls", "go.signed"]))
        #expect(!fixture.board.verdict.isGo)
    }

    @Test func `a certificate that ends within fourteen days counts no more, to the microsecond`() throws {
        var fixture = try JourneyFixture()
        fixture.certificateDays = 16
        try fixture.connect()
        let sealed = try #require(fixture.record.packets[.adapterConnection]?.sealedAt)
        let last = sealed.advanced(seconds: 2 * 86_400)
        fixture.now = Timestamp(microseconds: last.microseconds - 1)
        #expect(fixture.board.check("conn.tls")?.isMet == true)
        fixture.now = last
        #expect(fixture.board.check("conn.tls")?.isMet == false)
    }

    @Test func `another manifest takes all evidence with it`() throws {
        var fixture = try atGo()
        fixture.record.journey.cutover = Journey.Cutover(
            name: "grant-demo-local", file: "cutover.yaml", manifest: Digest(sha256Of: "edited".utf8))
        #expect(stale(fixture.board).isSuperset(of: Self.measured + ["reh.schema", "go.signed"]))
    }

    @Test func `another contract lapses its rehearsal and the signature`() throws {
        var fixture = try atGo()
        let first = fixture.record.contracts[0]
        fixture.record.contracts[0] = ProviderContract(
            check: first.check, provider: first.provider, currentMode: first.currentMode, targetMode: first.targetMode,
            version: 2)
        #expect(stale(fixture.board).isSuperset(of: ["reh.contracts", "go.signed"]))
    }

    @Test func `a snapshot frozen anew lapses what was accepted of the other, and the drill`() throws {
        var fixture = try atGo()
        fixture.snapshotName = "second"
        try fixture.dryRun()
        let stale = stale(fixture.board)
        #expect(
            stale.isSuperset(of: [
                "reh.store", "reh.schema", "reh.migration", "rb.storage", "batch.operations", "go.signed",
            ]))
        #expect(!stale.contains("reh.contracts") && !stale.contains("inf.region"))
    }

    @Test func `another permission lapses the roles and the claims that were rehearsed`() throws {
        var fixture = try atGo()
        fixture.record.session?.actors[0].permissions.append("orders.delete")
        #expect(stale(fixture.board).isSuperset(of: ["reh.roles", "dry.claims", "go.signed"]))
    }

    @Test func `a value that was handed over and is another now makes the release stale`() throws {
        var fixture = try atGo()
        let draft = try #require(JourneyPackets(fixture.record, fixture.board).draft(.releaseHandoff))
        fixture.record.packets[.releaseHandoff] = try Packet(draft, sequence: 90, previous: nil, sealedAt: fixture.now)
        #expect(fixture.board.check("rel.env")?.isMet == true)
        fixture.record.session?.tenantMode = "multi-tenant-local"
        #expect(stale(fixture.board).contains("rel.env"))
    }

    @Test func `another owner has to accept anew, and a delegate may in their place`() throws {
        var fixture = try atGo()
        fixture.record.journey.people.owners["reh.secrets"] = ScenarioActor.marek.id
        #expect(stale(fixture.board).contains("reh.secrets"))
        fixture.record.journey.people.delegates[ScenarioActor.marek.id] = [ScenarioActor.olena.id]
        #expect(!stale(fixture.board).contains("reh.secrets"))
    }

    @Test func `an amended infrastructure decision lapses the wiring`() throws {
        var fixture = try atGo()
        fixture.decide(.region, by: ScenarioActor.anna, fieldsOf: "elsewhere")
        let stale = stale(fixture.board)
        #expect(
            stale.isSuperset(of: [
                "wir.endpoint", "wir.tenant", "wir.claims", "wir.rls", "wir.credentials", "go.signed",
            ]))
        #expect(!stale.contains("conn.endpoint"))
    }

    @Test(arguments: [(7, "conn.rbac"), (14, "dry.schema"), (30, "rb.storage"), (7, "wir.rls")])
    func `evidence ages`(days: Int64, check: CheckID) throws {
        var fixture = try atGo()
        let sealed = try #require(fixture.board.check(check)?.at)
        fixture.now = Timestamp(microseconds: sealed.advanced(seconds: days * 86_400).microseconds - 1)
        #expect(fixture.board.check(check)?.isMet == true)
        fixture.now = sealed.advanced(seconds: days * 86_400)
        #expect(fixture.board.check(check)?.isMet == false)
        #expect(!fixture.board.verdict.isGo)
        #expect(fixture.board.verdict.authorisation != nil)
    }

    @Test func `storage that does not answer is unknown, and never ready`() throws {
        var fixture = try atGo()
        fixture.record.session = nil
        for check in [
            "sess.storage", "sess.auth", "ovw.contract", "actor.anna", "batch.tenant", "rel.env", "rel.rollback",
        ] {
            guard case .unknown = fixture.board.check(CheckID(check))?.state else {
                Issue.record("\(check) is \(String(describing: fixture.board.check(CheckID(check))?.state))")
                continue
            }
        }
        #expect(!fixture.board.verdict.isGo)
    }
}

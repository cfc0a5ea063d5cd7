import SlipwayDomain
import Testing

/// The way from the seeds' starting state to a go, by evidence and decisions.
@Suite(.timeLimit(.minutes(15))) struct JourneyWalkTests {
    @Test func `a fresh scenario counts what the seeds print, each from a fact`() throws {
        let board = try JourneyFixture().board
        let counted = board.plan.counters.map {
            "\($0.id) \(board.counters[$0.id]?.done ?? -1)/\(board.counters[$0.id]?.total ?? -1)"
        }
        #expect(
            counted == [
                "preflight 1/5", "connection 0/4", "dry_run 0/5", "rehearsals 0/6", "runbook 1/6", "release 3/5",
                "rollback 0/4", "cutover 0/5", "batches 1/4", "decisions 1/7", "infra 0/4", "wiring 0/7",
                "acceptance 0/4", "gates 2/9",
            ])
        #expect(board.decision(.goNoGo)?.code == .blockedPendingDryRun)
        #expect(board.decision(.traffic)?.code == .productionTrafficDisabled)
        #expect(board.next?.action == "record_connection")
    }

    @Test func `following the next action leads to a go in twenty-three steps`() throws {
        var fixture = try JourneyFixture()
        let done = try fixture.walk()
        #expect(done.count == 23)
        #expect(Set(done) == Set(BoardPlan.bundled.actions.map(\.id)))
        #expect(done.last == "sign_go")
        #expect(fixture.board.verdict.isGo)
        // Production traffic is not a signature's side effect: the data has to be moved on it.
        #expect(fixture.board.traffic?.isEnabled == false)
    }

    @Test func `traffic is enabled by a copy that was verified behind both signatures`() throws {
        var fixture = try JourneyFixture()
        try fixture.seal(.dataCutoverPlan, checks: [])
        _ = try fixture.walk()
        #expect(fixture.board.verdict.isGo)
        #expect(fixture.board.decision(.traffic)?.code == .productionTrafficDisabled)
        try fixture.seal(.dataCutoverPlan, checks: [])
        #expect(fixture.board.decision(.traffic)?.code == .productionTrafficEnabled)
        let lines = JourneyPackets(fixture.record, fixture.board).draft(.releaseHandoff)?.lines ?? []
        #expect(lines.contains(PacketLine("BFG_RELEASE_ENVIRONMENT", "staging")))
        #expect(lines.contains(PacketLine("BFG_STORAGE_ADAPTER", "postgres-rls")))
        // What is live already is said to stand on something else now, and goes on.
        fixture.decide(.region, by: ScenarioActor.anna, fieldsOf: "elsewhere")
        #expect(fixture.board.decision(.traffic)?.code == .productionTrafficEnabled)
        #expect(fixture.board.traffic?.mayEnable == false && fixture.board.traffic?.changed.isEmpty == false)
    }

    @Test func `batches with rows need nobody's word`() throws {
        var fixture = try JourneyFixture()
        fixture.rows = 12
        let done = try fixture.walk()
        #expect(done.count == 20)
        #expect(fixture.board.check("batch.finance")?.measure == "12 rows on both sides")
    }

    @Test(arguments: 0..<40) func `any order of work leads to the same go`(seed: Int) throws {
        var random = ScenarioRandom(seed: 11, position: seed)
        var fixture = try JourneyFixture()
        var steps = 0
        while !fixture.board.verdict.isGo, steps < 60 {
            let action = try #require(fixture.board.frontier.randomElement(using: &random))
            try fixture.perform(action)
            steps += 1
        }
        #expect(steps == 23)
    }

    @Test func `what is written down of a journey reads as the seeds have it`() throws {
        let fixture = try JourneyFixture()
        let packets = JourneyPackets(fixture.record, fixture.board)
        #expect(
            packets.draft(.releaseHandoff)?.text == """
                ProductionReleaseHandoff.v1
                BFG_RELEASE_ENVIRONMENT=local-demo
                BFG_RELEASE_TARGET=db-auth-session-adapter
                BFG_SCENARIO_ADAPTER=ScenarioStore.v1
                BFG_STORAGE_ADAPTER=file-local
                BFG_AUTH_MODE=mock-auth-header
                BFG_TENANT_MODE=single-tenant-local
                BFG_ROLLBACK_OWNER=user_md_anna
                BFG_RELEASE_EVIDENCE=ProductionAdapterDryRun.v1
                BFG_RELEASE_DECISION=BLOCKED_PENDING_DRY_RUN

                """)
        #expect(
            packets.draft(.rollbackDrill)?.text == """
                ProductionRollbackDrill.v1
                BFG_ROLLBACK_DECISION=BLOCKED_PENDING_DRY_RUN
                BFG_ROLLBACK_OWNER=user_md_anna
                BFG_ROLLBACK_STORAGE=file-local
                BFG_ROLLBACK_AUTH=mock-auth-header
                BFG_ROLLBACK_EVIDENCE=ProductionReleaseHandoff.v1
                BFG_ROLLBACK_PACKET=ProductionRollbackDrill.v1

                """)
        #expect(
            packets.draft(.dataCutoverPlan)?.text == """
                ProductionDataCutoverPlan.v1
                target=db-auth-session-adapter
                session=grant-demo-local
                snapshot_schema=BFGScenarioSnapshot.v1
                snapshot_checksum=not_frozen
                snapshot_rows=0
                batch_rows=0
                batches=1/4
                steps=0/5
                connection=0/4
                dry_run=0/5
                runbook_decision=BLOCKED_PENDING_PREFLIGHT
                release_decision=BLOCKED_PENDING_DRY_RUN
                rollback_decision=BLOCKED_PENDING_DRY_RUN
                cutover_decision=BLOCKED_PENDING_DATA_CUTOVER

                """)
        #expect(
            packets.draft(.migrationPreflight)?.text == """
                ProductionAdapterMigrationPreflight.v1
                schema=BFGScenarioSnapshot.v1
                target=db-auth-session-adapter
                session=grant-demo-local
                checksum=not_frozen
                rows=0
                adapter_contract=ScenarioStore.v1
                dry_run=0/5
                connection=0/4
                rollback_decision=BLOCKED_PENDING_DRY_RUN

                """)
    }

    @Test func `one snapshot has one digest in every packet`() throws {
        var fixture = try JourneyFixture()
        _ = try fixture.walk()
        let packets = JourneyPackets(fixture.record, fixture.board)
        let digest = try #require(fixture.record.snapshot?.digest)
        for kind in JourneyPackets.kinds {
            let draft = try #require(packets.draft(kind))
            #expect(draft.outcome == .pass)
            #expect(draft.facts["snapshot"]?.stringValue == digest)
            for line in draft.lines where line.key.hasSuffix("checksum") { #expect(line.value == digest) }
        }
    }

    @Test func `what is sealed is due again only when it says something else`() throws {
        var fixture = try JourneyFixture()
        _ = try fixture.walk()
        let packets = JourneyPackets(fixture.record, fixture.board)
        let due = packets.due(sealed: [:])
        #expect(due.map(\.kind) == JourneyPackets.kinds)
        let pairs = try due.enumerated().map { index, draft in
            (draft.kind, try Packet(draft, sequence: Int64(index + 1), previous: nil, sealedAt: fixture.now))
        }
        let sealed = Dictionary(uniqueKeysWithValues: pairs)
        #expect(packets.due(sealed: sealed).isEmpty)
        fixture.decide(.region, by: ScenarioActor.anna, fieldsOf: "elsewhere")
        let changed = JourneyPackets(fixture.record, fixture.board).due(sealed: sealed)
        #expect(changed.map(\.kind) == [.infrastructureDecision])
    }
}

extension JourneyFixture {
    mutating func decide(_ subject: DecisionSubject, by actor: ScenarioActor, fieldsOf value: String) {
        decide(
            subject, by: Signer(name: actor.id, role: actor.role.rawValue),
            fields: Dictionary(uniqueKeysWithValues: subject.fields.map { ($0, value) }))
    }
}

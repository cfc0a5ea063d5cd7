import SlipwayDomain
import Testing

/// Who may decide what, and what a decision takes.
@Suite(.timeLimit(.minutes(15))) struct DecisionRightTests {
    private func refusal(
        _ fixture: JourneyFixture, _ subject: DecisionSubject, by signer: Signer,
        _ verdict: SignedDecision.Verdict = .accepted, fields: [String: String]? = nil, seen: Digest? = nil
    ) -> DecisionRefusal? {
        let named = Dictionary(uniqueKeysWithValues: subject.fields.map { ($0, "named") })
        let draft = DecisionDraft(subject: subject, verdict: verdict, fields: fields ?? named, seen: seen)
        do {
            try DecisionRefusal.check(draft, by: signer, on: fixture.record, fixture.board)
            return nil
        } catch {
            return error
        }
    }

    private let anna = Signer(name: ScenarioActor.anna.id, role: "md")
    private let marek = Signer(name: ScenarioActor.marek.id, role: "dispatcher")
    private let petro = Signer(name: ScenarioActor.petro.id, role: "driver")

    @Test func `each decision is its owner's, and nobody else's`() throws {
        let fixture = try JourneyFixture()
        #expect(refusal(fixture, .hosting, by: anna) == nil)
        #expect(refusal(fixture, .hosting, by: marek) == .belongsTo(anna.name, subject: .hosting))
        #expect(refusal(fixture, .rolesRehearsal, by: anna) == .belongsTo(marek.name, subject: .rolesRehearsal))
        #expect(refusal(fixture, .go, by: petro) == .belongsTo(anna.name, subject: .go))
        #expect(
            refusal(fixture, .auditBatch, by: anna)
                == .belongsTo(JourneyRecord.platformOperator, subject: .auditBatch))
    }

    @Test func `who ran the dry run does not accept it`() throws {
        var fixture = try JourneyFixture()
        try fixture.connect()
        try fixture.dryRun()
        fixture.record.journey.people.owners["reh.schema"] = JourneyRecord.platformOperator
        #expect(
            refusal(fixture, .schemaRehearsal, by: JourneyFixture.operatorOfTheHouse) == .prepared(.schemaRehearsal))
        #expect(refusal(fixture, .schemaRehearsal, by: Signer(name: "other", role: "operator")) == nil)
    }

    @Test func `nothing is accepted before what it stands on`() throws {
        var fixture = try JourneyFixture()
        #expect(
            refusal(fixture, .migrationRehearsal, by: anna) == .waitsFor(["dry.packet"], subject: .migrationRehearsal))
        #expect(refusal(fixture, .go, by: anna) == .waitsFor(["go.ready"], subject: .go))
        try fixture.connect()
        try fixture.dryRun()
        #expect(refusal(fixture, .migrationRehearsal, by: anna) == nil)
    }

    @Test func `what has to be said is asked for, and nothing else is taken`() throws {
        let fixture = try JourneyFixture()
        #expect(refusal(fixture, .region, by: anna, fields: ["region": "eu"]) == .fieldsMissing(["backup_region"]))
        #expect(
            refusal(fixture, .region, by: anna, fields: ["region": "eu", "backup_region": "", "x": "y"])
                == .fieldsMissing(["backup_region"]))
        #expect(
            refusal(fixture, .region, by: anna, fields: ["region": "eu", "backup_region": "eu", "x": "y"])
                == .fieldUnknown("x"))
        #expect(refusal(fixture, .adapter, by: anna, fields: ["adapter": "mine"]) == .adapterUnknown("mine"))
        let long = String(repeating: "a", count: 501)
        #expect(
            refusal(fixture, .provider, by: anna, fields: ["provider": long]) == .fieldTooLong("provider"))
    }

    @Test func `what was shown has to be what stands`() throws {
        let fixture = try JourneyFixture()
        #expect(refusal(fixture, .hosting, by: anna, seen: fixture.record.seenDigest(.hosting)) == nil)
        #expect(refusal(fixture, .hosting, by: anna, seen: Digest(sha256Of: [1])) == .changedMeanwhile)
    }

    @Test func `a waiver has a reason and an end, and is for what may be waived`() throws {
        let fixture = try JourneyFixture()
        let end = fixture.now.advanced(seconds: 86_400)
        #expect(refusal(fixture, .provider, by: anna, .waived(reason: "later", until: end)) == nil)
        #expect(refusal(fixture, .provider, by: anna, .waived(reason: "", until: end)) == .reasonMissing)
        #expect(refusal(fixture, .provider, by: anna, .waived(reason: "x", until: fixture.now)) == .endsInThePast)
        #expect(
            refusal(fixture, .provider, by: anna, .waived(reason: "x", until: Timestamp(microseconds: .max)))
                == .endsInThePast)
        #expect(
            refusal(fixture, .rollbackOwner, by: anna, .waived(reason: "x", until: end))
                == .cannotBeWaived(.rollbackOwner))
        #expect(refusal(fixture, .go, by: anna, .waived(reason: "x", until: end)) == .cannotBeWaived(.go))
        #expect(
            refusal(fixture, .provider, by: marek, .waived(reason: "x", until: end))
                == .belongsTo(anna.name, subject: .provider))
    }

    @Test func `only what one decided oneself is withdrawn, and then it counts no more`() throws {
        var fixture = try JourneyFixture()
        #expect(refusal(fixture, .hosting, by: anna, .withdrawn("no")) == .nothingToWithdraw(.hosting))
        fixture.decide(.hosting, by: anna)
        #expect(fixture.board.check("inf.hosting")?.isMet == true)
        #expect(refusal(fixture, .hosting, by: marek, .withdrawn("no")) == .nothingToWithdraw(.hosting))
        fixture.decide(.hosting, by: anna, .withdrawn("no"))
        #expect(fixture.board.check("inf.hosting")?.state == .stale("withdrawn by user_md_anna: no"))
    }

    @Test func `two have to sign a go, of two roles, and the director is one`() throws {
        var fixture = try JourneyFixture()
        while let next = fixture.board.next, next.action != "sign_go" { try fixture.perform(next.action) }
        fixture.decide(.go, by: anna)
        #expect(fixture.board.check("go.signed")?.state == .inProgress)
        #expect(refusal(fixture, .go, by: Signer(name: "other", role: "md")) == .belongsTo(anna.name, subject: .go))
        var alike = fixture
        alike.record.journey.people.delegates[anna.name] = ["deputy"]
        #expect(refusal(alike, .go, by: Signer(name: "deputy", role: "md")) != nil)
        fixture.decide(.go, by: marek)
        #expect(fixture.board.verdict.isGo)
    }

    @Test func `a rejection is its own outcome, and counts as not ready`() throws {
        var fixture = try JourneyFixture()
        fixture.decide(.provider, by: anna, .rejected("too dear"))
        #expect(fixture.board.check("acc.provider")?.state == .rejected("too dear"))
        #expect(fixture.board.frontier.contains("accept_provider"))
    }

    @Test func `rows that are there leave nothing to confirm`() throws {
        var fixture = try JourneyFixture()
        fixture.rows = 3
        try fixture.connect()
        try fixture.dryRun()
        #expect(refusal(fixture, .operationsBatch, by: marek) == .notEmpty(.operationsBatch))
    }
}

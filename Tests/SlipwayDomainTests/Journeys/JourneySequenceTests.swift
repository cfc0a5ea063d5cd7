import SlipwayDomain
import Testing

/// Ten thousand journeys of evidence, ageing, change, acceptance and withdrawal.
@Suite(.timeLimit(.minutes(15))) struct JourneySequenceTests {
    private static let groups = 20

    @Test(arguments: 0..<groups)
    func `there is never a go that does not stand, and stored boards are computed again to the byte`(group: Int) throws
    {
        var goes = 0
        let (starts, actions) = try Self.way()
        for number in 0..<(10_000 / Self.groups) {
            var random = ScenarioRandom(seed: 23, stream: UInt64(group), position: number)
            // Most sequences begin near the end, where a go is within reach.
            var done = random.once(in: 8) ? 0 : 18 + random.below(6)
            var fixture = starts[done]
            for _ in 0..<(1 + random.below(7)) {
                if random.once(in: 2), done < actions.count {
                    try fixture.perform(actions[done])
                    done += 1
                } else {
                    try Self.disturb(&fixture, &random)
                }
            }
            let readings = fixture.record.readings
            let board = Board.compute(.bundled, readings: readings, at: fixture.now)
            if board.verdict.isGo {
                goes += 1
                let faults = GoOracle(fixture.record, at: fixture.now).faults
                #expect(faults.isEmpty, "group \(group), sequence \(number): \(faults)")
            }
            guard number.isMultiple(of: 10) else { continue }
            let inputs = BoardInputs(
                plan: .named(board.plan.name, version: board.plan.version), readings: readings, at: fixture.now)
            let draft = PacketDraft.board(board, inputs, of: "demo")
            let packet = try Packet(draft, sequence: 1, previous: nil, sealedAt: fixture.now)
            #expect(try Packet(statement: packet.statement).draft.isBoardReproduced == true)
        }
        #expect(goes >= 8, "too few of the sequences reach a go to say anything")
    }

    /// The journey after each number of steps on its way to a go, and the steps.
    private static func way() throws -> (starts: [JourneyFixture], actions: [ActionID]) {
        var fixture = try JourneyFixture()
        var (starts, actions) = ([fixture], [ActionID]())
        while let next = fixture.board.next {
            try fixture.perform(next.action)
            starts.append(fixture)
            actions.append(next.action)
        }
        return (starts, actions)
    }

    private static let people = [
        Signer(name: ScenarioActor.anna.id, role: "md"), Signer(name: ScenarioActor.marek.id, role: "dispatcher"),
        Signer(name: ScenarioActor.olena.id, role: "accountant"), Signer(name: ScenarioActor.petro.id, role: "driver"),
        JourneyFixture.operatorOfTheHouse, Signer(name: "owner", role: "owner"),
    ]

    private static func disturb(_ fixture: inout JourneyFixture, _ random: inout ScenarioRandom) throws {
        switch random.below(9) {
        case 0, 1:
            // Whatever anybody writes, also what the gate of decisions would have refused.
            fixture.decide(random.pick(DecisionSubject.allCases), by: random.pick(people))
        case 2:
            fixture.decide(
                random.pick(DecisionSubject.allCases), by: random.pick(people), .withdrawn("changed my mind"))
        case 3: fixture.now = fixture.now.advanced(seconds: Int64(random.below(16) * 86_400))
        case 4:
            fixture.host = random.once(in: 2) ? "db.example" : "other.example"
            try fixture.connect(failing: random.once(in: 3) ? "tls" : nil)
        case 5:
            fixture.snapshotName = random.once(in: 2) ? "first" : "second"
            try fixture.dryRun(failing: random.once(in: 3) ? "transcript" : nil)
        case 6:
            fixture.record.journey.people.owners[random.pick(DecisionSubject.allCases).check] = random.pick(people).name
        default:
            if random.once(in: 2) {
                try fixture.drill(failing: random.once(in: 2) ? "storage" : nil)
            } else {
                try fixture.wire(failing: random.once(in: 2) ? "rls" : nil)
            }
        }
    }
}

/// Says on its own, from the record and not from the board, why there may be no go.
struct GoOracle {
    private let record: JourneyRecord
    private let now: Timestamp

    init(_ record: JourneyRecord, at now: Timestamp) {
        self.record = record
        self.now = now
    }

    var faults: [String] {
        let days: [(PacketKind, Int64)] = [
            (.adapterConnection, 7), (.adapterDryRun, 14), (.adapterWiring, 7), (.rollbackDrill, 30),
        ]
        var faults: [String] = []
        for (kind, limit) in days {
            guard let packet = record.packets[kind] else {
                faults.append("\(kind.rawValue) is missing")
                continue
            }
            if packet.draft.outcome != .pass { faults.append("\(kind.rawValue) failed") }
            let age = now.microseconds - packet.sealedAt.microseconds
            if age >= limit * 86_400_000_000 { faults.append("\(kind.rawValue) is too old") }
        }
        let empty: Set<DecisionSubject> = [.operationsBatch, .financeBatch, .auditBatch]
        for subject in DecisionSubject.allCases where !(empty.contains(subject) && (record.snapshot?.rows ?? 0) > 0) {
            faults += faultsOf(subject)
        }
        return faults
    }

    private func faultsOf(_ subject: DecisionSubject) -> [String] {
        var last: [String: SignedDecision] = [:]
        for decision in record.decisions where decision.subject == subject { last[decision.signer.name] = decision }
        let standing = last.values.filter { $0.verdict.name != "withdrawn" }
        var faults: [String] = []
        if standing.contains(where: { $0.verdict.name != "accepted" }) { faults.append("\(subject) is not accepted") }
        if standing.count < subject.signatures { faults.append("\(subject) has \(standing.count) signatures") }
        if subject.signatures == 2, Set(standing.map(\.signer.role)).count < 2 { faults.append("\(subject): one role") }
        for decision in standing where decision.seen != record.seenDigest(subject) {
            faults.append("\(subject): \(decision.signer.name) signed something else")
        }
        let owner = record.journey.people.owners[subject.check] ?? usual(subject)
        let isOwned = standing.contains {
            owner == "platform_operator" ? ["owner", "operator"].contains($0.signer.role) : $0.signer.name == owner
        }
        if !isOwned { faults.append("\(subject) is not accepted by \(owner)") }
        if [.storeRehearsal, .schemaRehearsal, .migrationRehearsal, .rollbackOwner].contains(subject),
            standing.contains(where: { $0.signer.name == JourneyFixture.operatorOfTheHouse.name })
        {
            faults.append("\(subject) was accepted by who prepared it")
        }
        return faults
    }

    private func usual(_ subject: DecisionSubject) -> String {
        let prefix = subject.rawValue
        if ["reh.roles", "reh.store", "batch.operations"].contains(prefix) { return "user_dispatcher_marek" }
        if ["reh.schema", "reh.secrets", "batch.finance"].contains(prefix) { return "user_accountant_olena" }
        if ["batch.audit", "wir.credentials"].contains(prefix) { return "platform_operator" }
        return "user_md_anna"
    }
}

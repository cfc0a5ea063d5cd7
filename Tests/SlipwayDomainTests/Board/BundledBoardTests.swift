import SlipwayDomain
import SlipwayTesting
import Testing

/// The board of the bundled journey, from the state the demo starts in to the go.
@Suite(.timeLimit(.minutes(15))) struct BundledBoardTests {
    @Test func `the demo starts with these counters`() {
        let board = Board.bundled(BoardPlan.seedFacts)
        #expect(
            board.counted == [
                "preflight": "1/5", "connection": "0/4", "dry_run": "0/5", "rehearsals": "0/6", "runbook": "1/6",
                "release": "3/5", "rollback": "0/4", "cutover": "0/5", "batches": "1/4", "decisions": "1/7",
                "infra": "0/4", "wiring": "0/7", "acceptance": "0/4", "gates": "2/9",
            ])
        let stages = board.plan.stages.compactMap { board.stages[$0.id] }
        #expect(stages.map(\.description) == ["3 of 3", "0 of 4", "3 of 22", "2 of 15", "1 of 9", "0 of 15"])
        #expect(board.gates.description == "2 of 9 ready, 3 started, 4 not started")
    }

    @Test func `the demo starts with these decisions`() {
        let board = Board.bundled(BoardPlan.seedFacts)
        let codes = board.decisions.map { "\($0.name.rawValue) \($0.code?.rawValue ?? "-")" }
        #expect(
            codes == [
                "dry_run BLOCKED_PENDING_CONNECTION", "release BLOCKED_PENDING_DRY_RUN",
                "rollback BLOCKED_PENDING_DRY_RUN", "runbook BLOCKED_PENDING_PREFLIGHT",
                "cutover BLOCKED_PENDING_DATA_CUTOVER", "wiring BLOCKED_PENDING_INFRASTRUCTURE_OR_CREDENTIALS",
                "go_no_go BLOCKED_PENDING_DRY_RUN", "traffic production_traffic_disabled",
            ])
        #expect(
            board.decision(.goNoGo)?.blockers.map(\.code) == [
                .blockedPendingDryRun, .blockedPendingPreflight, .blockedPendingDataCutover,
                .blockedPendingInfrastructureOrCredentials, .blockedPendingProviderAcceptance,
            ])
        #expect(
            board.decision(.rollback)?.blockers.map(\.code) == [
                .blockedPendingDryRun, .blockedPendingRelease, .blockedPendingRollbackDrill,
            ])
        #expect(!board.verdict.isGo && board.fault == nil)
    }

    @Test func `the walk to the go is as recorded`() throws {
        var facts = BoardPlan.seedFacts
        var lines: [String] = []
        var board = Board.bundled(facts)
        while let next = board.next, lines.count < 100 {
            facts.formUnion(next.provides)
            board = Board.bundled(facts)
            let codes = [DecisionName.release, .goNoGo].map { board.code($0)?.rawValue ?? "-" }
            lines.append(
                "\(lines.count + 1). \(next)\n    then release \(codes[0]), go_no_go \(codes[1]), gates \(board.gates)")
        }
        #expect(lines.count == 23)
        #expect(board.verdict.isGo && board.code(.goNoGo) == .productionGo)
        #expect(facts == board.plan.allFacts)
        expectSnapshot(lines.joined(separator: "\n"), named: "board-walk")
    }

    @Test(arguments: BoardPlan.bundled.leaves.map(\.id.rawValue))
    func `without this fact there is no go`(leaf: String) {
        let plan = BoardPlan.bundled
        #expect(plan.leaves.count == 52)
        #expect(Board.bundled(plan.allFacts).verdict.isGo)
        let board = Board.bundled(plan.allFacts.subtracting([CheckID(leaf)]), but: [.cutoverRun: .ready])
        #expect(!board.verdict.isGo && board.code(.goNoGo) != .productionGo)
        #expect(board.verdict.missing == [CheckID(leaf)])
        #expect(board.code(.traffic) == .productionTrafficDisabled)
    }

    @Test func `one more fact takes no counter, no stage and no check back`() throws {
        let plan = BoardPlan.bundled
        var generator = SeededGenerator(Seed(11))
        var grown = 0
        for _ in 0..<500 {
            let share = Int.random(in: 0...100, using: &generator)
            let facts = plan.allFacts.filter { _ in Int.random(in: 0..<100, using: &generator) < share }
            let one = try #require(plan.allFacts.sorted().randomElement(using: &generator))
            let (less, more) = (Board.bundled(facts), Board.bundled(facts.union([one])))
            for counter in plan.counters {
                #expect(try #require(less.counters[counter.id]).done <= #require(more.counters[counter.id]).done)
            }
            for stage in plan.stages {
                #expect(try #require(less.stages[stage.id]).done <= #require(more.stages[stage.id]).done)
            }
            for (before, after) in zip(less.checks, more.checks) { #expect(!before.isMet || after.isMet) }
            if less != more { grown += 1 }
        }
        #expect(grown > 100)
    }

    @Test func `every counter adds up from the states of its own checks`() throws {
        let board = Board.bundled(BoardPlan.seedFacts.union(["inf.hosting", "conn.endpoint", "reh.roles"]))
        for counter in board.plan.counters {
            let done = counter.checks.count { board.check($0)?.isMet == true }
            #expect(board.counters[counter.id] == Tally(done: done, total: counter.checks.count))
        }
        #expect(board.check("rel.target")?.measure == "1 of 1")
        #expect(board.check("conn.packet")?.measure == "1 of 4")
        #expect(board.check("rel.owners")?.measure == "1 of 6")
    }

    @Test func `where no row of the table fits, a decision has no code`() {
        // Contracts keep the go away, and no code stands for them.
        let board = Board.bundled(BoardPlan.bundled.allFacts.subtracting(["prov.maps"]))
        let decision = board.decision(.goNoGo)
        #expect(decision?.code == nil && decision?.blockers.isEmpty == true)
        #expect(decision?.unmet == ["cop.contracts"] && decision?.isPassed == false)
        #expect(board.verdict.missing == ["prov.maps"])
    }

    @Test func `nine of nine gates are not a go`() {
        let gone: Set<CheckID> = ["acc.tenant", "wir.credentials", "batch.audit", "go.signed"]
        let board = Board.bundled(BoardPlan.bundled.allFacts.subtracting(gone))
        #expect(board.gates.ready == 9 && board.gates.total == 9)
        #expect(!board.verdict.isGo)
    }
}

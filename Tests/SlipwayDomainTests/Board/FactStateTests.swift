import SlipwayDomain
import SlipwayTesting
import Testing

/// What each state of a fact is worth.
@Suite(.timeLimit(.minutes(15))) struct FactStateTests {
    private let all = BoardPlan.bundled.allFacts
    private let noon = Board.noon

    private func later(_ microseconds: Int64) -> Timestamp {
        Timestamp(microseconds: noon.microseconds + microseconds)
    }

    @Test(arguments: [
        FactState.notStarted, .inProgress, .failed("refused"), .stale("new host"), .unknown("no answer"),
        .rejected("wrong scope"),
    ])
    func `nothing but ready counts`(state: FactState) {
        let board = Board.bundled(all, but: ["conn.tls": state])
        #expect(!board.verdict.isGo)
        #expect(board.counters["connection"] == Tally(done: 3, total: 4))
        #expect(board.check("conn.packet")?.isMet == false)
    }

    @Test func `a fact nobody tells of is not started`() {
        let board = Board.compute(.bundled, readings: [:], at: noon)
        #expect(board.check("inf.region")?.state == .notStarted)
        #expect(board.checks.allSatisfy { !$0.isMet })
    }

    @Test func `a waiver counts up to its end and not at it`() {
        let waived = FactState.waived(by: "user_md_anna", reason: "the depot is closed", until: noon)
        func board(_ microseconds: Int64) -> Board {
            .bundled(all, but: ["batch.audit": waived], at: later(microseconds))
        }
        #expect(board(-1).verdict.isGo && board(-1).verdict.waived == ["batch.audit"])
        #expect(!board(0).verdict.isGo && board(0).verdict.waived.isEmpty)
        #expect(!board(1).verdict.isGo)
        guard case .stale(let reason) = board(0).check("batch.audit")?.state else {
            Issue.record("an ended waiver is stale")
            return
        }
        #expect(reason.contains("user_md_anna") && reason.contains(noon.rfc3339))
    }

    @Test func `evidence is stale from the very microsecond it expires at`() {
        func board(_ microseconds: Int64) -> Board {
            var readings = Dictionary(uniqueKeysWithValues: all.map { ($0, FactReading(.ready)) })
            readings["conn.tls"] = FactReading(.ready, expires: noon)
            return .compute(.bundled, readings: readings, at: later(microseconds))
        }
        #expect(board(-1).verdict.isGo)
        #expect(board(-1).check("conn.tls")?.state == .ready)
        for microseconds in [0, 1] as [Int64] {
            #expect(!board(microseconds).verdict.isGo)
            #expect(board(microseconds).check("conn.tls")?.state.word == "stale")
            #expect(board(microseconds).check("conn.packet")?.state.word == "stale")
        }
    }

    @Test(arguments: BoardPlan.bundled.leaves.map(\.id.rawValue))
    func `not applicable is not allowed for release, the way back, wiring and the signature`(leaf: String) {
        let isAllowed = !["rel.", "rb.", "pre.", "wir.", "go."].contains { leaf.hasPrefix($0) }
        let board = Board.bundled(all, but: [CheckID(leaf): .notApplicable(reason: "no such thing here")])
        #expect(board.verdict.isGo == isAllowed)
        #expect(board.verdict.notApplicable == (isAllowed ? [CheckID(leaf)] : []))
        #expect(board.check(CheckID(leaf))?.state.word == (isAllowed ? "not_applicable" : "rejected"))
    }

    @Test func `what stands on something has the gravest state of it, and its reason`() {
        func packet(_ states: [CheckID: FactState]) -> CheckState? {
            Board.bundled(all, but: states).check("release.GO")?.state
        }
        #expect(packet([:]) == .ready)
        #expect(packet(["conn.tls": .failed("refused")]) == .ready, "a release stands on the dry run's packet alone")
        #expect(packet(["dry.schema": .failed("2 unmapped")]) == .failed("dry.schema: 2 unmapped"))
        #expect(
            packet(["dry.schema": .stale("v2"), "reh.store": .rejected("no"), "rel.env": .unknown("?")])
                == .rejected("reh.store: no"))
        #expect(packet(["dry.schema": .stale("v2"), "rel.env": .unknown("?")]) == .stale("dry.schema: v2"))
        #expect(packet(["dry.schema": .inProgress, "rel.env": .unknown("?")]) == .unknown("rel.env: ?"))
        #expect(packet(["dry.schema": .inProgress, "rel.env": .notStarted]) == .inProgress)
        #expect(packet(["rel.env": .notStarted]) == .cannotStart(waitsFor: ["rel.env"]))
    }

    @Test func `a reading makes no derived check better, and shows its evidence`() {
        let digest = Digest(sha256Of: [1])
        let readings: [CheckID: FactReading] = ["conn.packet": FactReading(.ready, measure: "4 of 4", evidence: digest)]
        let check = Board.compute(.bundled, readings: readings, at: noon).check("conn.packet")
        #expect(check?.isMet == false && check?.measure == "0 of 4" && check?.evidence == digest)
    }

    @Test func `a fact whose work cannot start says what it waits for`() {
        let board = Board.bundled(BoardPlan.seedFacts)
        #expect(board.check("conn.tls")?.state == .notStarted)
        #expect(board.check("dry.export")?.state == .cannotStart(waitsFor: ["conn.packet"]))
        #expect(board.check("rb.storage")?.state == .cannotStart(waitsFor: ["release.GO", "dry.checkpoint"]))
        #expect(board.check("go.signed")?.waitsFor == ["go.ready"])
        #expect(
            board.missing(for: "wir.infra").map(\.id) == ["inf.hosting", "inf.region", "inf.runtime", "inf.secrets"])
        #expect(Set(board.missing(for: "wir.infra").map(\.owner)) == ["user_md_anna"])
    }

    @Test func `a leaf's measure is its own, and readings without a place are named`() {
        let readings: [CheckID: FactReading] = [
            "actor.anna": FactReading(.ready, measure: "5 permissions"), "conn.tsl": FactReading(.ready),
            CheckID.cutoverRun: FactReading(.ready),
        ]
        let board = Board.compute(.bundled, readings: readings, at: noon)
        #expect(board.check("actor.anna")?.measure == "5 permissions")
        #expect(board.check("actor.marek")?.measure == "0 of 1")
        #expect(board.ignored == ["conn.tsl"])
    }
}

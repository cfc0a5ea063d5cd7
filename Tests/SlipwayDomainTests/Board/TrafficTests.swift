import SlipwayTesting
import Testing

@testable import SlipwayDomain

/// Traffic, and a signed go whose conditions have changed.
@Suite(.timeLimit(.minutes(15))) struct TrafficTests {
    private let all = BoardPlan.bundled.allFacts

    @Test func `it takes a go and a switch that ran`() {
        #expect(Board.bundled(all).code(.traffic) == .productionTrafficDisabled)
        #expect(Board.bundled(all).decision(.traffic)?.unmet == [.cutoverRun])
        let unsigned = all.subtracting(["go.signed"])
        #expect(Board.bundled(unsigned, but: [.cutoverRun: .ready]).code(.traffic) == .productionTrafficDisabled)
        let board = Board.bundled(all, but: [.cutoverRun: .ready])
        #expect(board.code(.traffic) == .productionTrafficEnabled)
        #expect(board.traffic == BoardTraffic(isEnabled: true, mayEnable: true, changed: []))
    }

    @Test(arguments: [
        FactState.failed("lost"), .unknown("no answer"), .inProgress, .rejected("reversed"), .notApplicable(reason: ""),
        .waived(by: "user_md_anna", reason: "", until: Timestamp(microseconds: .max)),
    ])
    func `no switch but one that succeeded enables it`(state: FactState) {
        let board = Board.bundled(all, but: [.cutoverRun: state])
        #expect(board.code(.traffic) == .productionTrafficDisabled && board.traffic?.mayEnable == false)
    }

    @Test(arguments: [FactState.stale("new host"), .failed("refused"), .unknown("no answer"), .inProgress])
    func `what changes under live traffic is said, and does not take it away`(state: FactState) {
        let board = Board.bundled(all, but: ["conn.endpoint": state, .cutoverRun: .ready])
        #expect(board.code(.traffic) == .productionTrafficEnabled)
        #expect(board.traffic == BoardTraffic(isEnabled: true, mayEnable: false, changed: ["conn.endpoint"]))
        #expect(!board.verdict.isGo)
    }

    @Test func `a fact nobody began with was never part of a go`() {
        let board = Board.bundled(all, but: ["conn.endpoint": .notStarted, .cutoverRun: .ready])
        #expect(board.code(.traffic) == .productionTrafficDisabled && board.traffic?.mayEnable == false)
    }

    @Test func `a stale switch or signature leaves live traffic and closes the button`() {
        for check in ["go.signed", CheckID.cutoverRun] {
            let board = Board.bundled(all, but: [.cutoverRun: .ready].merging([check: .stale("v2")]) { $1 })
            #expect(board.code(.traffic) == .productionTrafficEnabled)
            #expect(board.traffic?.mayEnable == false && board.traffic?.changed == [check])
        }
    }

    @Test func `a signed go with a stale fact is remembered and does not hold`() throws {
        let signed = Timestamp(microseconds: 5)
        var readings = Dictionary(uniqueKeysWithValues: all.map { ($0, FactReading(.ready)) })
        readings["go.signed"] = FactReading(.ready, evidence: Digest(sha256Of: [2]), at: signed)
        let firm = try #require(Board.compute(.bundled, readings: readings, at: Board.noon).verdict.authorisation)
        #expect(firm.at == signed && firm.evidence == Digest(sha256Of: [2]) && !firm.hasChanged)
        readings["rel.env"] = FactReading(.stale("a new variable"))
        let board = Board.compute(.bundled, readings: readings, at: Board.noon)
        #expect(board.verdict.authorisation?.changed == ["rel.env"])
        #expect(board.code(.goNoGo) == .blockedPendingReleaseInputs && board.traffic?.isEnabled == false)
        #expect(Board.bundled(BoardPlan.seedFacts).verdict.authorisation == nil)
    }
}

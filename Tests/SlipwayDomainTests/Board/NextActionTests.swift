import SlipwayTesting
import Testing

@testable import SlipwayDomain

/// Which action is recommended, to whom, and why.
@Suite(.timeLimit(.minutes(15))) struct NextActionTests {
    @Test func `the demo begins with the connection, for these reasons`() throws {
        let board = Board.bundled(BoardPlan.seedFacts)
        let next = try #require(board.next)
        #expect(next.action == "record_connection" && next.owner == "platform_operator")
        #expect(next.counter?.id == "connection" && next.counter?.tally == Tally(done: 0, total: 4))
        #expect(next.chain == 5 && next.unlocks.count == 11 && next.repairs.isEmpty)
        #expect(next.provides == ["conn.endpoint", "conn.tls", "conn.rbac", "conn.write"])
        #expect(board.secondBest?.action == "accept_auth" && board.secondBest?.owner == "user_md_anna")
        #expect(board.costToGo == 23 && board.isCheapest)
    }

    @Test func `everyone is told of work of their own, or what they wait for`() {
        let board = Board.bundled(BoardPlan.seedFacts)
        #expect(board.nextFor("user_md_anna").recommendation?.action == "accept_auth")
        #expect(board.nextFor("user_dispatcher_marek").recommendation?.action == "accept_roles")
        #expect(board.nextFor("platform_operator").recommendation?.action == "record_connection")
        #expect(board.nextFor("user_accountant_olena") == PersonalNext(recommendation: nil, waitsFor: ["run_dry_run"]))
        #expect(board.nextFor("driver_tarasenko") == PersonalNext(recommendation: nil, waitsFor: []))
        #expect(board.nextFor(anyOf: ["driver_tarasenko", "user_md_anna"]).recommendation?.action == "accept_auth")
    }

    @Test(arguments: [FactState.failed("3 rows differ"), .stale("the snapshot was frozen anew"), .rejected("empty?")])
    func `work to be done again comes before untouched work of the same rank`(state: FactState) {
        let done: Set<ActionID> = ["count_operations", "count_finance", "count_audit"]
        let counts = done.compactMap(BoardPlan.bundled.action)
        let facts = BoardPlan.bundled.allFacts.subtracting(counts.flatMap(\.provides))
        let untouched = Board.bundled(facts)
        #expect(untouched.next?.action == "count_operations" && untouched.next?.repairs.isEmpty == true)
        let board = Board.bundled(facts, but: ["batch.audit": state])
        #expect(board.next?.action == "count_audit" && board.next?.repairs == ["batch.audit"])
        #expect(board.secondBest?.action == "count_operations")
        // In progress is no repair.
        #expect(Board.bundled(facts, but: ["batch.audit": .inProgress]).next?.action == "count_operations")
    }

    @Test func `work to be done again does not come before work with a longer chain`() {
        let board = Board.bundled(BoardPlan.seedFacts, but: ["acc.tenant": .failed("no proof")])
        #expect(board.next?.action == "record_connection")
    }

    @Test func `a rejected acceptance is work again`() {
        let board = Board.bundled(
            BoardPlan.bundled.allFacts.subtracting(["go.signed"]), but: ["reh.schema": .rejected("no index")])
        #expect(board.frontier == ["accept_schema"] && board.next?.owner == "user_accountant_olena")
    }

    @Test func `credentials take two people`() {
        let facts = BoardPlan.bundled.allFacts.subtracting(["wir.credentials", "go.signed"])
        let next = Board.bundled(facts).next
        #expect(next?.action == "review_credentials" && next?.persons == 2 && next?.owner == "platform_operator")
    }

    @Test func `after the go there is nothing to do and no fault`() {
        let board = Board.bundled(BoardPlan.bundled.allFacts)
        #expect(board.next == nil && board.secondBest == nil && board.frontier.isEmpty && board.fault == nil)
        #expect(board.costToGo == 0)
    }

    @Test func `where nobody can do anything, that is a fault, and it says why`() throws {
        let facts = BoardPlan.bundled.allFacts.subtracting(["sess.auth", "conn.tls", "go.signed"])
        let board = Board.bundled(facts)
        let fault = try #require(board.fault)
        #expect(board.next == nil && board.frontier.isEmpty)
        #expect(fault.unprovided == ["sess.auth"] && board.unprovided == ["sess.auth"])
        #expect(fault.waiting.map(\.action) == ["record_connection", "sign_go"])
        #expect(fault.waiting.first?.checks == ["cop.session"])
        #expect(fault.description == "no action is possible: 2 wait; no action provides sess.auth")
    }

    @Test func `a fact that no action provides is named while other work goes on`() {
        let board = Board.bundled(BoardPlan.seedFacts.subtracting(["sess.auth"]))
        #expect(board.unprovided == ["sess.auth"] && board.fault == nil && board.next?.action == "accept_auth")
        #expect(board.check("sess.auth")?.owner == "platform_operator")
    }
}

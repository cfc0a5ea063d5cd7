import SlipwayDomain
import SlipwayOperations

/// A board in words for a terminal.
enum BoardText {
    static func lines(_ standing: JourneyStanding, viewer: String?) -> [String] {
        let board = standing.board
        var lines = ["\(standing.record.journey.name)  \(answer(board))", ""]
        if let next = board.next { lines += ["next      \(sentence(next, board))"] }
        if let second = board.secondBest { lines += ["or        \(sentence(second, board))"] }
        if let viewer { lines += ["you       \(personal(board.nextFor(viewer), board))"] }
        lines += [
            "",
            "stages    " + board.plan.stages.map { "\($0.id) \(counted(board.stages[$0.id]))" }.joined(separator: "  "),
        ]
        lines += [
            "gates     \(board.gates.ready) of \(board.gates.total) ready, \(board.gates.started) more begun", "",
        ]
        for counter in board.plan.counters {
            lines.append("  \(Figures.padded(counter.id.rawValue, 12))\(counted(board.counters[counter.id]))")
        }
        lines.append("")
        for decision in board.decisions {
            lines.append("  \(Figures.padded(decision.name.rawValue, 12))\(decision.code?.rawValue ?? "UNDECIDED")")
        }
        let troubled = board.checks.filter { $0.state.needsRepair }
        if !troubled.isEmpty {
            lines += ["", "to be done again:"] + troubled.map { "  \(line($0))" }
        }
        return lines
    }

    private static func answer(_ board: Board) -> String {
        if board.verdict.isGo { return "GO" }
        let missing = board.verdict.missing.count
        return "NO-GO: \(missing) of \(board.plan.leaves.count) facts are missing"
    }

    static func sentence(_ next: Recommendation, _ board: Board) -> String {
        let counter = next.counter.map { "; \($0.id) \(counted($0.tally))" } ?? ""
        let persons = next.persons > 1 ? " and a second person" : ""
        return "\(ActionWords.sentence(next.action)) (\(next.owner)\(persons)\(counter), unlocks \(next.unlocks.count))"
    }

    private static func personal(_ next: PersonalNext, _ board: Board) -> String {
        if let recommendation = next.recommendation { return sentence(recommendation, board) }
        guard !next.waitsFor.isEmpty else { return "nothing is left for you to do" }
        return "you are waiting for: \(next.waitsFor.map(ActionWords.sentence).joined(separator: "; "))"
    }

    private static func counted(_ tally: Tally?) -> String { "\(tally?.done ?? 0)/\(tally?.total ?? 0)" }

    static func line(_ check: BoardCheck) -> String {
        let reason: String
        switch check.state {
        case .failed(let text), .stale(let text), .unknown(let text), .rejected(let text), .notApplicable(let text):
            reason = ": \(text)"
        case .waived(let name, let text, let end): reason = " by \(name) until \(end.rfc3339): \(text)"
        case .cannotStart(let checks): reason = ": first \(checks.map(\.rawValue).joined(separator: ", "))"
        case .notStarted, .inProgress, .ready: reason = check.measure.isEmpty ? "" : "  \(check.measure)"
        }
        return
            "\(Figures.padded(check.id.rawValue, 18)) \(Figures.padded(check.state.word, 13)) \(Figures.padded(check.owner, 22))\(reason)"
    }
}

/// What an action is called, and the command that does it.
enum ActionWords {
    static func sentence(_ action: ActionID) -> String { words[action] ?? action.rawValue }

    private static let words: [ActionID: String] = [
        "record_connection": "record adapter connection evidence: slipway cutover connect",
        "run_dry_run": "run the dry run: slipway cutover preflight, then dry-run",
        "accept_contracts": "accept the provider contracts: slipway decision accept reh.contracts",
        "accept_roles": "accept the mapped roles: slipway decision accept reh.roles",
        "accept_store": "accept the Scenario Store's rehearsal: slipway decision accept reh.store",
        "accept_schema": "accept the schema: slipway decision accept reh.schema",
        "accept_secrets": "accept secrets and sign-in: slipway decision accept reh.secrets",
        "accept_migration": "accept migration and rollback: slipway decision accept reh.migration",
        "ack_rollback": "acknowledge the rollback: slipway decision accept rb.owner",
        "drill_restore": "drill the way back: slipway cutover drill",
        "count_operations": "confirm the empty operations batch: slipway decision accept batch.operations",
        "count_finance": "confirm the empty finance batch: slipway decision accept batch.finance",
        "count_audit": "confirm the empty audit batch: slipway decision accept batch.audit",
        "decide_hosting": "choose hosting: slipway decision accept inf.hosting",
        "decide_region": "choose the region: slipway decision accept inf.region",
        "decide_runtime": "name who operates it: slipway decision accept inf.runtime",
        "decide_secrets": "settle secrets and backup: slipway decision accept inf.secrets",
        "accept_provider": "accept the live provider: slipway decision accept acc.provider",
        "accept_auth": "accept who signs people in: slipway decision accept acc.auth",
        "accept_tenant": "accept the tenants' boundary: slipway decision accept acc.tenant",
        "wiring_preflight": "measure the wiring: slipway cutover wiring",
        "review_credentials": "review the live credentials: slipway decision accept wir.credentials",
        "sign_go": "sign the go: slipway decision accept go.signed",
    ]
}

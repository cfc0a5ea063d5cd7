/// The decisions of a board, from which checks are met.
struct DecisionTable {
    private let standing: Standing
    private let plan: BoardPlan
    private let readings: [CheckID: FactReading]
    private let now: Timestamp

    init(_ standing: Standing, _ readings: [CheckID: FactReading], at now: Timestamp) {
        self.standing = standing
        plan = standing.plan
        self.readings = readings
        self.now = now
    }

    var decisions: [BoardDecision] {
        let ruled = plan.decisions.map(decision)
        guard let rule = plan.verdict else { return ruled }
        let goNoGo = goNoGo(rule, over: ruled)
        return ruled + [goNoGo] + (traffic.map { [trafficDecision($0, goNoGo)] } ?? [])
    }

    /// One blocker for each code, in the order in which codes come first.
    static func merged(_ blockers: [DecisionBlocker]) -> [DecisionBlocker] {
        var checks: [DecisionCode: [CheckID]] = [:]
        var order: [DecisionCode] = []
        for blocker in blockers {
            if checks[blocker.code] == nil { order.append(blocker.code) }
            let known = checks[blocker.code, default: []]
            checks[blocker.code] = known + blocker.checks.filter { !known.contains($0) }
        }
        return order.map { DecisionBlocker(code: $0, checks: checks[$0] ?? []) }
    }

    private func decision(_ rule: DecisionRule) -> BoardDecision {
        guard !standing.holds(rule.passesWith) else {
            return BoardDecision(name: rule.decision, code: rule.passed, blockers: [], unmet: [])
        }
        let blockers = standingRows(rule.rows)
        let unmet = standing.unmetInputs(of: rule.passesWith)
        return BoardDecision(
            name: rule.decision, code: blockers.first?.code, blockers: blockers,
            unmet: unmet.isEmpty ? [rule.passesWith] : unmet)
    }

    private func standingRows(_ rows: [DecisionRow]) -> [DecisionBlocker] {
        rows.compactMap { row in
            let unmet = standing.unmet(row.unless)
            return unmet.isEmpty ? nil : DecisionBlocker(code: row.code, checks: unmet)
        }
    }

    /// It takes over the code that each decision shows, not all that stand in its way: those are shown there.
    private func goNoGo(_ rule: VerdictRule, over decisions: [BoardDecision]) -> BoardDecision {
        let ordered = rule.over.compactMap { name in decisions.first { $0.name == name } }
        let blockers = Self.merged(ordered.compactMap(\.blockers.first) + standingRows(rule.rows))
        let code: DecisionCode? =
            if standing.holds(plan.goal) { .productionGo } else if standing.holds(rule.ready) { .readyForGo } else {
                blockers.first?.code
            }
        let unmet = standing.holds(rule.ready) ? standing.unmet([rule.signature]) : standing.unmetInputs(of: rule.ready)
        return BoardDecision(name: .goNoGo, code: code, blockers: blockers, unmet: unmet)
    }

    private func trafficDecision(_ traffic: BoardTraffic, _ goNoGo: BoardDecision) -> BoardDecision {
        let unmet = standing.unmet([plan.goal]) + (switchRun == .ready ? [] : [.cutoverRun])
        return BoardDecision(
            name: .traffic, code: traffic.isEnabled ? .productionTrafficEnabled : .productionTrafficDisabled,
            blockers: goNoGo.blockers, unmet: unmet)
    }
}

extension DecisionTable {
    var verdict: BoardVerdict {
        let isGo = standing.holds(plan.goal)
        let leaves = plan.graph.index[plan.goal].map { plan.graph.support[$0].members } ?? []
        return BoardVerdict(
            isGo: isGo, code: decisions.first { $0.name == .goNoGo }?.code,
            missing: standing.missingLeaves(of: plan.goal).map { plan.leaves[$0].id },
            waived: leaves.filter { if case .waived = standing.judged[$0] { true } else { false } }.map(plan.check),
            notApplicable: leaves.filter {
                if case .notApplicable = standing.judged[$0] { true } else { false }
            }.map(plan.check),
            authorisation: authorisation)
    }

    /// The signature, whether it still covers what there is or not. A go that was signed is not forgotten.
    private var authorisation: Authorisation? {
        guard let rule = plan.verdict, let signature = plan.graph.index[rule.signature] else { return nil }
        guard standing.isMet[signature] || standing.judged[signature].isStale else { return nil }
        let reading = readings[rule.signature]
        return Authorisation(
            at: reading?.at, evidence: reading?.evidence,
            changed: standing.missingLeaves(of: plan.goal).map { plan.leaves[$0].id })
    }

    private var switchRun: CheckState {
        CheckState(
            readings[.cutoverRun] ?? .notStarted, of: PlanLeaf(.cutoverRun, owner: "", mustApply: true), at: now)
    }

    /// Traffic is enabled by a go and a switch that ran. It stays so while the signature and the switch are on record
    /// and every fact was once told of, however it stands now; a fact nobody has begun with was never part of a go.
    var traffic: BoardTraffic? {
        guard plan.verdict != nil else { return nil }
        let run = switchRun
        let mayEnable = standing.holds(plan.goal) && run == .ready
        let missing = standing.missingLeaves(of: plan.goal)
        let isLive =
            authorisation != nil && (run == .ready || run.isStale)
            && missing.allSatisfy { standing.judged[$0] != .notStarted }
        let changed = missing.map { plan.leaves[$0].id } + (run.isStale ? [.cutoverRun] : [])
        return BoardTraffic(isEnabled: isLive, mayEnable: mayEnable, changed: isLive ? changed : [])
    }
}

extension CheckState {
    fileprivate var isStale: Bool {
        if case .stale = self { true } else { false }
    }
}

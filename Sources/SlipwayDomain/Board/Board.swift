/// Where a journey stands: what holds, what is decided by that, what to do next and who does it.
///
/// It follows from a plan, the readings and the time alone, and nothing of it is stored: the same three give the same
/// board, to the byte of its document.
package struct Board: Hashable, Sendable {
    package let plan: BoardPlan
    package let at: Timestamp
    /// Leaves first, then what follows from them, both in the plan's order.
    package let checks: [BoardCheck]
    package let counters: [CounterID: Tally]
    package let stages: [StageID: Tally]
    package let gates: GateTally
    /// In the order of `DecisionName`; those that the plan has rules for.
    package let decisions: [BoardDecision]
    package let verdict: BoardVerdict
    /// Nil for a plan that nobody signs.
    package let traffic: BoardTraffic?
    /// Every undone action that can start, in the plan's order, whether the cheapest way to a go has it or not.
    package let frontier: [ActionID]
    /// Unmet facts that a go needs and that no action provides: their owners have to see to them.
    package let unprovided: [CheckID]
    package let fault: BoardFault?
    /// Readings that the plan has no place for, by name.
    package let ignored: [CheckID]
    let outlook: Outlook

    /// A check that has no reading counts as not started.
    package static func compute(_ plan: BoardPlan, readings: [CheckID: FactReading], at now: Timestamp) -> Board {
        let standing = Standing(plan, readings: readings, at: now)
        let outlook = Outlook(standing)
        let table = DecisionTable(standing, readings, at: now)
        return Board(
            plan: plan, at: now, checks: standing.checks(readings, outlook),
            counters: Dictionary(
                plan.counters.map { ($0.id, standing.tally($0.checks)) }, uniquingKeysWith: { first, _ in first }),
            stages: Dictionary(
                plan.stages.map { ($0.id, standing.tally($0.checks)) }, uniquingKeysWith: { first, _ in first }),
            gates: standing.gateTally, decisions: table.decisions, verdict: table.verdict, traffic: table.traffic,
            frontier: standing.frontier.map { plan.actions[$0].id },
            unprovided: outlook.path.outside.map { plan.leaves[$0].id }, fault: standing.fault(outlook),
            ignored: readings.keys.filter { plan.graph.index[$0] == nil && $0 != .cutoverRun }.sorted(),
            outlook: outlook)
    }

    package func check(_ id: CheckID) -> BoardCheck? {
        plan.graph.index[id].map { checks[$0] }
    }

    package func decision(_ name: DecisionName) -> BoardDecision? {
        decisions.first { $0.name == name }
    }

    /// What stands in the way of every decision, in their order, a code that several share with all of its checks once.
    package var blockers: [DecisionBlocker] {
        DecisionTable.merged(decisions.flatMap(\.blockers))
    }

    /// The facts that a check stands on in the end and that are not met, and so who owes them.
    package func missing(for id: CheckID) -> [BoardCheck] {
        guard let number = plan.graph.index[id] else { return [] }
        return plan.graph.support[number].members.map { checks[$0] }.filter { !$0.isMet }
    }
}

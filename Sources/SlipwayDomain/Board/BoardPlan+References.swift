extension BoardPlan {
    /// Throws unless every name in the plan is of something that is there.
    func checkReferences() throws(BoardPlanError) {
        try checkNames(counters.map(\.id), of: "counter")
        try checkNames(stages.map(\.id), of: "stage")
        for counter in counters { try checkKnown(counter.checks, in: "the counter \(counter.id)") }
        for stage in stages { try checkKnown(stage.checks, in: "the stage \(stage.id)") }
        try checkKnown(gates, in: "the gates")
        try checkKnown([goal], in: "the goal")
        var ruled: Set<DecisionName> = [.goNoGo, .traffic]
        for rule in decisions {
            guard ruled.insert(rule.decision).inserted else { throw .decisionRule(rule.decision) }
            let place = "the decision \(rule.decision.rawValue)"
            try checkKnown([rule.passesWith] + rule.rows.flatMap(\.unless), in: place)
        }
        if let verdict {
            try checkKnown([verdict.ready, verdict.signature] + verdict.rows.flatMap(\.unless), in: "the verdict")
            for decision in verdict.over where !decisions.contains(where: { $0.decision == decision }) {
                throw .decisionRule(decision)
            }
            guard leaves.contains(where: { $0.id == verdict.signature }) else {
                throw .signatureIsNoLeaf(verdict.signature)
            }
        }
    }

    private func checkKnown(_ checks: [CheckID], in place: String) throws(BoardPlanError) {
        for check in checks where graph.index[check] == nil { throw .unknownCheck(check, namedBy: place) }
    }

    private func checkNames(_ names: [some PlanName], of part: String) throws(BoardPlanError) {
        try PlanGraph.checkNames(names, of: part)
    }
}

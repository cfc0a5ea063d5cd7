extension Standing {
    /// Every check as it is shown: leaves, then what follows from them.
    func checks(_ readings: [CheckID: FactReading], _ outlook: Outlook) -> [BoardCheck] {
        let graph = plan.graph
        var states = judged
        states.reserveCapacity(isMet.count)
        for leaf in plan.leaves.indices where judged[leaf] == .notStarted {
            let unmet = unmetRequirements(of: leaf, outlook)
            if !unmet.isEmpty { states[leaf] = .cannotStart(waitsFor: unmet) }
        }
        states += plan.derived.map { _ in .notStarted }
        for check in graph.derivedOrder { states[check] = derivedState(check, states) }
        return states.indices.map { check(at: $0, states[$0], readings) }
    }

    private func check(at number: Int, _ state: CheckState, _ readings: [CheckID: FactReading]) -> BoardCheck {
        let id = plan.check(number)
        let reading = readings[id]
        guard number >= plan.leaves.count else {
            var waitsFor: [CheckID] = []
            if case .cannotStart(let checks) = state { waitsFor = checks }
            return BoardCheck(
                id: id, owner: plan.leaves[number].owner, state: state,
                measure: reading?.measure ?? Tally(done: state.isMet ? 1 : 0, total: 1).description,
                evidence: reading?.evidence, at: reading?.at, expires: reading?.expires, standsOn: [],
                waitsFor: waitsFor)
        }
        let check = plan.derived[number - plan.leaves.count]
        return BoardCheck(
            id: id, owner: check.owner, state: state, measure: tally(check.standsOn).description,
            evidence: reading?.evidence, at: reading?.at, expires: nil, standsOn: check.standsOn,
            waitsFor: unmet(check.standsOn))
    }

    /// What the work for a leaf still requires: nothing when some of it can start, or when there is none.
    private func unmetRequirements(of leaf: Int, _ outlook: Outlook) -> [CheckID] {
        let providers = plan.graph.providers[leaf]
        guard let action = providers.first(where: outlook.path.actions.contains) ?? providers.first else { return [] }
        let canStart = providers.contains { provider in
            plan.graph.actionRequires[provider].allSatisfy { isMet[$0] }
        }
        return canStart ? [] : unmet(plan.actions[action].requires)
    }

    /// The gravest state among what is not met: what went wrong before what is under way before what only waits.
    private func derivedState(_ check: Int, _ states: [CheckState]) -> CheckState {
        guard !isMet[check] else { return .ready }
        let unmet = plan.graph.inputs[check].filter { !isMet[$0] }
        let gravest = unmet.map { (number: $0, gravity: states[$0].gravity) }.max { $0.gravity < $1.gravity }
        guard let gravest, gravest.gravity > 0 else { return .cannotStart(waitsFor: unmet.map(plan.check)) }
        // What a derived check says names its leaf already.
        let name = gravest.number < plan.leaves.count ? "\(plan.check(gravest.number)): " : ""
        return states[gravest.number].told(by: name)
    }
}

extension CheckState {
    /// How bad it is for what stands on it; 0 when it only has not happened yet.
    fileprivate var gravity: Int {
        switch self {
        case .failed: 5
        case .rejected: 4
        case .stale: 3
        case .unknown: 2
        case .inProgress: 1
        case .notStarted, .cannotStart, .ready, .notApplicable, .waived: 0
        }
    }

    fileprivate func told(by name: String) -> CheckState {
        switch self {
        case .failed(let reason): .failed(name + reason)
        case .rejected(let reason): .rejected(name + reason)
        case .stale(let reason): .stale(name + reason)
        case .unknown(let reason): .unknown(name + reason)
        default: self
        }
    }
}

extension Standing {
    var gateTally: GateTally {
        let ready = plan.gates.count { holds($0) }
        let started = plan.gates.count { gate in
            guard !holds(gate), let number = plan.graph.index[gate] else { return false }
            return plan.graph.inputs[number].contains { isMet[$0] }
        }
        return GateTally(ready: ready, started: started, total: plan.gates.count)
    }

    /// Nil while somebody can do something that leads on, and when there is nothing left to lead to.
    func fault(_ outlook: Outlook) -> BoardFault? {
        guard outlook.ranked.isEmpty, !holds(plan.goal) else { return nil }
        let waiting = outlook.path.actions.members.map { action in
            BoardFault.Waiting(action: plan.actions[action].id, checks: unmet(plan.actions[action].requires))
        }
        return BoardFault(unprovided: outlook.path.outside.map { plan.leaves[$0].id }, waiting: waiting)
    }
}

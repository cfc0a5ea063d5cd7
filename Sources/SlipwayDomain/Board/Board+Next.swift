extension Board {
    /// The action to do next; nil when it is a go, and when there is a fault.
    package var next: Recommendation? {
        outlook.ranked.first.map(recommendation)
    }

    /// What comes after that, for whoever cannot do the first.
    package var secondBest: Recommendation? {
        outlook.ranked.dropFirst().first.map(recommendation)
    }

    /// Everything on the cheapest way to a go that can start now, the most urgent first.
    package var recommendations: [Recommendation] {
        outlook.ranked.map(recommendation)
    }

    /// What the cheapest way to a go costs that is left, in the plan's units, without what no action provides.
    package var costToGo: Int { outlook.path.cost }

    /// Whether no way is cheaper; false when the search had to stop before it had seen them all.
    package var isCheapest: Bool { outlook.path.isExact }

    /// What an actor can do next, by the id the plan has for them.
    package func nextFor(_ actor: String) -> PersonalNext {
        nextFor(anyOf: [actor])
    }

    /// What somebody can do next who acts under any of these ids or roles. Never work of somebody else.
    package func nextFor(anyOf owners: Set<String>) -> PersonalNext {
        if let action = outlook.ranked.first(where: { owners.contains(plan.actions[$0].owner) }) {
            return PersonalNext(recommendation: recommendation(action), waitsFor: [])
        }
        let waiting = outlook.work(plan, of: owners).first.map { action in
            plan.graph.earlier[action].filter { outlook.path.actions.contains($0) }
        }
        return PersonalNext(recommendation: nil, waitsFor: (waiting ?? []).map { plan.actions[$0].id })
    }

    private func recommendation(_ number: Int) -> Recommendation {
        let action = plan.actions[number]
        let provides = plan.graph.actionProvides[number].map { checks[$0] }.filter { !$0.isMet }
        let counter = plan.counters.first { !Set($0.checks).isDisjoint(with: action.provides) }
        return Recommendation(
            action: action.id, owner: action.owner, persons: action.persons, stage: action.stage,
            counter: counter.flatMap { counter in
                counters[counter.id].map { CounterReading(id: counter.id, tally: $0) }
            },
            provides: provides.map(\.id), repairs: provides.filter(\.state.needsRepair).map(\.id),
            unlocks: outlook.after[number].members.map { plan.actions[$0].id }, chain: outlook.chain[number],
            cost: action.cost)
    }
}

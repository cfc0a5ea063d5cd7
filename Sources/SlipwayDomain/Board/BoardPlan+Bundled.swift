extension BoardPlan {
    /// The way of a bundled tenant's database and sign-in from local adapters to production: 52 facts, 23 actions.
    package static let bundled: BoardPlan = {
        do {
            return try BoardPlan(
                name: "db-auth", version: 1, leaves: BundledFacts.leaves, derived: BundledFacts.derived,
                counters: BundledTallies.counters, stages: BundledTallies.stages, actions: BundledActions.all,
                gates: BundledTallies.gates, goal: "production.GO", decisions: BundledDecisions.rules,
                verdict: BundledDecisions.verdict)
        } catch {
            preconditionFailure("the bundled plan does not hold together: \(error)")
        }
    }()
}

/// Who owes what in the bundled plan.
enum BundledOwner {
    static let director = ScenarioActor.anna.id
    static let dispatcher = ScenarioActor.marek.id
    static let accountant = ScenarioActor.olena.id
    /// A role and no person: whoever runs Slipway.
    static let platform = "platform_operator"
}

/// A fact that somebody has to supply or a run has to measure.
package struct PlanLeaf: Hashable, Sendable {
    package let id: CheckID
    /// Who owes it: the id of an actor, or a role.
    package let owner: String
    /// Whether nobody may set it aside as not applicable.
    package let mustApply: Bool

    package init(_ id: CheckID, owner: String, mustApply: Bool = false) {
        self.id = id
        self.owner = owner
        self.mustApply = mustApply
    }
}

/// A check that is met when all that it stands on is met.
package struct PlanCheck: Hashable, Sendable {
    package let id: CheckID
    package let owner: String
    package let standsOn: [CheckID]

    package init(_ id: CheckID, owner: String, standsOn: [CheckID]) {
        self.id = id
        self.owner = owner
        self.standsOn = standsOn
    }
}

/// So many of these checks are met.
package struct PlanCounter: Hashable, Sendable {
    package let id: CounterID
    package let checks: [CheckID]

    package init(_ id: CounterID, _ checks: [CheckID]) {
        self.id = id
        self.checks = checks
    }
}

/// A stretch of the journey, and the checks that are counted for it.
package struct PlanStage: Hashable, Sendable {
    package let id: StageID
    package let checks: [CheckID]

    package init(_ id: StageID, _ checks: [CheckID]) {
        self.id = id
        self.checks = checks
    }
}

/// One piece of work whose evidence meets one or more leaves. Several may provide the same leaf: any of them will do.
package struct PlanAction: Hashable, Sendable {
    package let id: ActionID
    /// Its place among all the work, for the order of what is equally urgent; lower comes first.
    package let stage: Int
    /// Who does it: the id of an actor, or a role.
    package let owner: String
    /// How many people it takes, of whom the owner is one.
    package let persons: Int
    package let requires: [CheckID]
    package let provides: [CheckID]
    /// In whole units, at least one.
    package let cost: Int

    package init(
        _ id: ActionID, stage: Int, owner: String, persons: Int = 1, requires: [CheckID], provides: [CheckID],
        cost: Int = 1
    ) {
        self.id = id
        self.stage = stage
        self.owner = owner
        self.persons = persons
        self.requires = requires
        self.provides = provides
        self.cost = cost
    }
}

/// A counter and how it stands.
package struct CounterReading: Hashable, Sendable {
    package let id: CounterID
    package let tally: Tally
}

/// An action to do next, and why this one.
package struct Recommendation: Hashable, Sendable, CustomStringConvertible {
    package let action: ActionID
    /// Who does it.
    package let owner: String
    /// How many people it takes, of whom the owner is one.
    package let persons: Int
    package let stage: Int
    /// The counter it moves, before it is done; nil when none counts what it provides.
    package let counter: CounterReading?
    /// The unmet leaves that it provides.
    package let provides: [CheckID]
    /// Those of them that were tried, or held, and have to be done again.
    package let repairs: [CheckID]
    /// The actions on the way that come after it, near or far, in the plan's order.
    package let unlocks: [ActionID]
    /// How many actions the longest way from it to the end has, itself included.
    package let chain: Int
    package let cost: Int

    package var description: String {
        let counted = counter.map { "\($0.id) \($0.tally), " } ?? ""
        return "\(action) by \(owner): \(counted)unlocks \(unlocks.count), chain of \(chain)"
    }
}

/// What one person can do next.
package struct PersonalNext: Hashable, Sendable {
    /// The first action on the way that is theirs and can start; nil when there is none.
    package let recommendation: Recommendation?
    /// When there is none: the undone actions that their most urgent work waits for. Empty when nothing is left for
    /// them to do.
    package let waitsFor: [ActionID]
}

/// Nobody can do anything that leads on, and it is no go. A plan whose leaves all have work never comes here.
package struct BoardFault: Hashable, Sendable, CustomStringConvertible {
    /// Unmet facts on the way that no action provides.
    package let unprovided: [CheckID]
    /// The actions on the way, each with the unmet checks it waits for.
    package let waiting: [Waiting]

    package struct Waiting: Hashable, Sendable {
        package let action: ActionID
        package let checks: [CheckID]
    }

    package var description: String {
        let facts =
            unprovided.isEmpty ? "" : "; no action provides " + unprovided.map(\.rawValue).joined(separator: ", ")
        return "no action is possible: \(waiting.count) wait\(facts)"
    }
}

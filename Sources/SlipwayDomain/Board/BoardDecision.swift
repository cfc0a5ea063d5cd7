/// A code that stands in the way, and the unmet checks it stands for.
package struct DecisionBlocker: Hashable, Sendable {
    package let code: DecisionCode
    package let checks: [CheckID]
}

/// What a board decides on one matter.
package struct BoardDecision: Hashable, Sendable {
    package let name: DecisionName
    /// The one to show; nil where the table has no row for what is missing.
    package let code: DecisionCode?
    /// Everything that stands in the way, in the table's order.
    package let blockers: [DecisionBlocker]
    /// The unmet checks that it would follow from, whether a row names them or not.
    package let unmet: [CheckID]

    package var isPassed: Bool { unmet.isEmpty }
}

/// The answer to whether to go.
package struct BoardVerdict: Hashable, Sendable {
    package let isGo: Bool
    /// The code of the decision on going; nil where there is none.
    package let code: DecisionCode?
    /// The facts that are missing for a go, in the plan's order.
    package let missing: [CheckID]
    /// The facts that somebody answers for instead of proving them. A go says for ever that it stands on these.
    package let waived: [CheckID]
    package let notApplicable: [CheckID]
    /// Set once a go was signed.
    package let authorisation: Authorisation?
}

/// A signed go, as the board finds it now.
package struct Authorisation: Hashable, Sendable {
    package let at: Timestamp?
    package let evidence: Digest?
    /// The facts that do not hold any more. While there are any, nothing may be started on the signature.
    package let changed: [CheckID]

    package var hasChanged: Bool { !changed.isEmpty }
}

/// Whether traffic goes to production.
package struct BoardTraffic: Hashable, Sendable {
    package let isEnabled: Bool
    /// Whether it may be enabled by what holds now. Traffic that is live stays so when this turns false: taking it away
    /// is a decision on the way back, and nobody's side effect.
    package let mayEnable: Bool
    /// Of live traffic: the facts that do not hold any more.
    package let changed: [CheckID]
}

/// One line of the table of decisions: the code stands unless all of the checks are met.
package struct DecisionRow: Hashable, Sendable {
    package let code: DecisionCode
    package let unless: [CheckID]

    package init(_ code: DecisionCode, unless: [CheckID]) {
        self.code = code
        self.unless = unless
    }
}

/// How one decision follows from checks: passed when one check is met; blocked by every row that stands otherwise, of
/// which the first is shown.
package struct DecisionRule: Hashable, Sendable {
    package let decision: DecisionName
    package let passesWith: CheckID
    package let passed: DecisionCode
    package let rows: [DecisionRow]

    package init(_ decision: DecisionName, passesWith: CheckID, _ passed: DecisionCode, rows: [DecisionRow]) {
        self.decision = decision
        self.passesWith = passesWith
        self.passed = passed
        self.rows = rows
    }
}

/// How the verdict follows from the decisions, from rows of its own and from the signature.
package struct VerdictRule: Hashable, Sendable {
    /// The decisions whose codes it takes over while they have not passed, in this order, before its own rows.
    package let over: [DecisionName]
    package let rows: [DecisionRow]
    /// Met when nothing but the signature is missing.
    package let ready: CheckID
    /// The leaf that is the signature.
    package let signature: CheckID

    package init(over: [DecisionName], rows: [DecisionRow], ready: CheckID, signature: CheckID) {
        self.over = over
        self.rows = rows
        self.ready = ready
        self.signature = signature
    }
}

/// A name that a plan gives to one of its parts, as it stands in documents. Names are told apart by their characters
/// alone.
package protocol PlanName: RawRepresentable<String>, Hashable, Comparable, Sendable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    init(rawValue: String)
}

extension PlanName {
    package init(_ rawValue: String) { self.init(rawValue: rawValue) }
    package init(stringLiteral value: String) { self.init(rawValue: value) }

    package var description: String { rawValue }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The name of a check: `conn.tls`, `release.GO`.
package struct CheckID: PlanName {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// The reading that says whether the switch has run and stands. It is no leaf: nothing waits for it but traffic.
    package static let cutoverRun: CheckID = "cutover.run"
}

/// The name of an action: `run_dry_run`.
package struct ActionID: PlanName {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
}

/// The name of a counter: `rehearsals`.
package struct CounterID: PlanName {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
}

/// The name of a stage of a journey: `way_back`.
package struct StageID: PlanName {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
}

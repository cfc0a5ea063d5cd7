/// What somebody decided, when, and on what they saw.
package struct SignedDecision: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        case accepted
        /// With why.
        case rejected(String)
        /// Borne with although it is not met, for a while.
        case waived(reason: String, until: Timestamp)
        /// The one before it counts no more.
        case withdrawn(String)
    }

    /// Its place among all decisions: later ones have higher numbers.
    package let number: ID<SignedDecision>
    package let subject: DecisionSubject
    package let verdict: Verdict
    /// Who decided.
    package let signer: Signer
    /// How it was known who they are, as `RequestOrigin.means` has it.
    package let means: String
    /// What the subject takes besides.
    package let fields: [String: String]
    /// What was seen: the digest of all that the decision stands on. It lapses when that is another.
    package let seen: Digest
    package let at: Timestamp

    package init(
        number: ID<SignedDecision>, subject: DecisionSubject, verdict: Verdict, signer: Signer, means: String,
        fields: [String: String], seen: Digest, at: Timestamp
    ) {
        self.number = number
        self.subject = subject
        self.verdict = verdict
        self.signer = signer
        self.means = means
        self.fields = fields
        self.seen = seen
        self.at = at
    }
}

/// One who decides: by the name they are known by, and what they are here.
package struct Signer: Hashable, Sendable {
    package let name: String
    /// Nil for one who has none.
    package let role: String?

    package init(name: String, role: String?) {
        self.name = name
        self.role = role
    }

    /// Whether one of those who run Slipway itself.
    package var runsThePlatform: Bool {
        role == Role.owner.name || role == Role.operator.name
    }

    /// Drivers and clients decide nothing, under whatever name they come.
    var signsNothing: Bool {
        role == ScenarioRole.driver.rawValue || role == ScenarioRole.client.rawValue
    }
}

extension SignedDecision {
    /// Everything of it that others may rely on.
    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "number": .integer(number.number), "subject": .string(subject.rawValue), "by": .string(signer.name),
            "role": signer.role.map(JSONValue.string) ?? .null, "means": .string(means),
            "fields": .object(fields.mapValues(JSONValue.string)), "seen": .string(seen.description),
            "at": .string(at.rfc3339), "verdict": .string(verdict.name),
        ]
        members["reason"] = verdict.reason.map(JSONValue.string)
        members["until"] = verdict.until.map { .string($0.rfc3339) }
        return .object(members)
    }
}

extension SignedDecision.Verdict {
    /// Of all there are.
    package static let names = ["accepted", "rejected", "waived", "withdrawn"]

    package var name: String {
        switch self {
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .waived: "waived"
        case .withdrawn: "withdrawn"
        }
    }

    package var reason: String? {
        switch self {
        case .accepted: nil
        case .rejected(let reason), .withdrawn(let reason), .waived(let reason, _): reason
        }
    }

    package var until: Timestamp? {
        if case .waived(_, let until) = self { until } else { nil }
    }

    /// Nil for what is no verdict, or lacks a part of it.
    package init?(name: String, reason: String?, until: Timestamp?) {
        switch (name, reason, until) {
        case ("accepted", _, _): self = .accepted
        case ("rejected", let reason?, _): self = .rejected(reason)
        case ("withdrawn", let reason?, _): self = .withdrawn(reason)
        case ("waived", let reason?, let until?): self = .waived(reason: reason, until: until)
        default: return nil
        }
    }
}

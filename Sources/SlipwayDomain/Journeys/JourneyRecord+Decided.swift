extension JourneyRecord {
    /// What the decisions on a subject come to.
    func decided(_ subject: DecisionSubject) -> FactReading {
        let standing = standing(subject)
        guard let newest = standing.last else { return withdrawn(subject) }
        for decision in standing {
            if case .rejected(let reason) = decision.verdict {
                return FactReading(
                    .rejected(reason), measure: "rejected by \(decision.signer.name)", evidence: decision.seen,
                    at: decision.at)
            }
        }
        if case .waived(let reason, let until) = newest.verdict {
            guard subject.canBeWaived else { return FactReading(.rejected("\(subject.rawValue) cannot be waived")) }
            return FactReading(
                .waived(by: newest.signer.name, reason: reason, until: until), evidence: newest.seen, at: newest.at)
        }
        let accepted = standing.filter { $0.verdict == .accepted }
        if let lapsed = accepted.compactMap({ lapse(of: $0) }).first {
            return FactReading(.stale(lapsed), evidence: newest.seen, at: newest.at)
        }
        let names = accepted.map(\.signer.name).joined(separator: " and ")
        let isComplete = accepted.count >= subject.signatures && isSignedByTwo(accepted, subject)
        return FactReading(
            isComplete ? .ready : .inProgress,
            measure: isComplete ? "accepted by \(names)" : "signed by \(names); a second person has to sign",
            evidence: newest.seen, at: newest.at)
    }

    /// What was decided and taken back is not as if nobody had ever decided.
    private func withdrawn(_ subject: DecisionSubject) -> FactReading {
        guard let last = decisions.last(where: { $0.subject == subject }) else { return FactReading(.notStarted) }
        let reason = last.verdict.reason.map { ": \($0)" } ?? ""
        return FactReading(.stale("withdrawn by \(last.signer.name)\(reason)"), evidence: last.seen, at: last.at)
    }

    /// Why an acceptance does not count any more; nil while it does.
    private func lapse(of decision: SignedDecision) -> String? {
        let subject = decision.subject
        guard decision.seen == seenDigest(subject) else { return "what was accepted has changed since" }
        guard subject.fields.allSatisfy({ decision.fields[$0]?.isEmpty == false }) else {
            return "\(subject.fields.joined(separator: ", ")) have to be named"
        }
        var others = self
        others.decisions.removeAll { $0.subject == subject && $0.signer.name == decision.signer.name }
        switch others.right(of: decision.signer, on: subject) {
        case .may: return nil
        case .belongsTo(let owner): return "it is \(owner)'s to accept now"
        case .prepared: return "\(decision.signer.name) made what is to be accepted"
        case .anotherNeeded: return "the second signature has to be of another role"
        }
    }

    /// Where two have to sign, the owner is one of them, and the other is of another role.
    private func isSignedByTwo(_ accepted: [SignedDecision], _ subject: DecisionSubject) -> Bool {
        guard subject.signatures == 2 else { return true }
        return accepted.contains { owns($0.signer, subject) } && Set(accepted.map(\.signer.role)).count > 1
    }
}

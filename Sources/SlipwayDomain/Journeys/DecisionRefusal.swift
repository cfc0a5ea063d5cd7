/// A decision somebody wants to take.
package struct DecisionDraft: Sendable {
    package var subject: DecisionSubject
    package var verdict: SignedDecision.Verdict
    package var fields: [String: String]
    /// The digest of what they were shown; nil for what stands now.
    package var seen: Digest?

    package init(
        subject: DecisionSubject, verdict: SignedDecision.Verdict, fields: [String: String] = [:], seen: Digest? = nil
    ) {
        self.subject = subject
        self.verdict = verdict
        self.fields = fields
        self.seen = seen
    }
}

/// Why a decision is not taken.
package enum DecisionRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case belongsTo(String, subject: DecisionSubject)
    case prepared(DecisionSubject)
    case anotherNeeded(DecisionSubject)
    /// What has to be there first.
    case waitsFor([CheckID], subject: DecisionSubject)
    case fieldsMissing([String])
    case fieldUnknown(String)
    case fieldTooLong(String)
    case reasonMissing
    case adapterUnknown(String)
    /// There is nothing to confirm: rows are there.
    case notEmpty(DecisionSubject)
    case cannotBeWaived(DecisionSubject)
    case endsInThePast
    case nothingToWithdraw(DecisionSubject)
    case changedMeanwhile

    package var description: String {
        switch self {
        case .belongsTo(let owner, let subject): "\(subject.rawValue) is \(owner)'s to decide"
        case .prepared(let subject):
            "you made the evidence that \(subject.rawValue) accepts: somebody else has to accept it"
        case .anotherNeeded(let subject): "\(subject.rawValue) takes a second signature, by somebody of another role"
        case .waitsFor(let checks, let subject):
            "\(subject.rawValue) cannot be decided yet: first \(checks.map(\.rawValue).joined(separator: ", "))"
        case .fieldsMissing(let names): "say \(names.joined(separator: ", ")) as well"
        case .fieldUnknown(let name): "nothing is called \(name) here"
        case .fieldTooLong(let name): "\(name) takes at most 500 characters"
        case .reasonMissing: "say why"
        case .adapterUnknown(let name):
            "there is no adapter \(name): \(JourneyEnvironment.allCases.map(\.adapter).joined(separator: ", "))"
        case .notEmpty(let subject): "\(subject.rawValue) has rows, and there is nothing to confirm"
        case .cannotBeWaived(let subject): "\(subject.rawValue) cannot be waived"
        case .endsInThePast: "a waiver ends at a time that is still to come, a year away at most"
        case .nothingToWithdraw(let subject):
            "you have decided nothing about \(subject.rawValue) that could be withdrawn"
        case .changedMeanwhile: "what you were shown has changed: look at it again"
        }
    }
}

extension DecisionRefusal {
    /// What keeps a signer from accepting a subject now, whatever they would say with it; nil when nothing does.
    package static func inTheWay(
        of signer: Signer, on subject: DecisionSubject, _ record: JourneyRecord, _ board: Board
    ) -> DecisionRefusal? {
        do throws(DecisionRefusal) {
            try checkRight(signer, subject, record)
            try checkWaiting(subject, board)
            return nil
        } catch {
            return error
        }
    }

    /// Throws why a signer has no say in a subject at all. Who said something has one: they may take it back.
    package static func checkSay(
        of signer: Signer, in subject: DecisionSubject, _ record: JourneyRecord
    ) throws(DecisionRefusal) {
        guard !record.standing(subject).contains(where: { $0.signer.name == signer.name }) else { return }
        try checkRight(signer, subject, record)
    }

    /// Throws why a decision is not to be taken by this signer now.
    package static func check(
        _ draft: DecisionDraft, by signer: Signer, on record: JourneyRecord, _ board: Board
    ) throws(DecisionRefusal) {
        let subject = draft.subject
        if let seen = draft.seen, seen != record.seenDigest(subject) { throw .changedMeanwhile }
        for (name, value) in draft.fields where value.unicodeScalars.count > 500 { throw .fieldTooLong(name) }
        if let reason = draft.verdict.reason, reason.isEmpty || reason.unicodeScalars.count > 500 {
            throw .reasonMissing
        }
        switch draft.verdict {
        case .withdrawn:
            guard record.standing(subject).contains(where: { $0.signer.name == signer.name }) else {
                throw .nothingToWithdraw(subject)
            }
        case .accepted:
            try checkRight(signer, subject, record)
            try checkFields(draft)
            try checkWaiting(subject, board)
        case .rejected: try checkRight(signer, subject, record)
        case .waived(_, let until):
            try checkRight(signer, subject, record)
            guard subject.canBeWaived else { throw .cannotBeWaived(subject) }
            guard until > board.at, until <= board.at.advanced(seconds: 366 * 86_400) else { throw .endsInThePast }
        }
    }

    private static func checkRight(
        _ signer: Signer, _ subject: DecisionSubject, _ record: JourneyRecord
    ) throws(DecisionRefusal) {
        switch record.right(of: signer, on: subject) {
        case .may: return
        case .belongsTo(let owner): throw .belongsTo(owner, subject: subject)
        case .prepared: throw .prepared(subject)
        case .anotherNeeded: throw .anotherNeeded(subject)
        }
    }

    private static func checkFields(_ draft: DecisionDraft) throws(DecisionRefusal) {
        let missing = draft.subject.fields.filter { draft.fields[$0]?.isEmpty ?? true }
        guard missing.isEmpty else { throw .fieldsMissing(missing) }
        if let unknown = draft.fields.keys.sorted().first(where: { !draft.subject.fields.contains($0) }) {
            throw .fieldUnknown(unknown)
        }
        if draft.subject == .adapter, let name = draft.fields["adapter"],
            !JourneyEnvironment.allCases.contains(where: { $0.adapter == name })
        {
            throw .adapterUnknown(name)
        }
    }

    /// What the plan wants before somebody may accept. What was accepted before and lapsed may be accepted again.
    private static func checkWaiting(_ subject: DecisionSubject, _ board: Board) throws(DecisionRefusal) {
        let waiting = board.plan.actions.filter { $0.provides.contains(subject.check) }.flatMap(\.requires)
            .filter { board.check($0)?.isMet != true }
        guard waiting.isEmpty else { throw .waitsFor(waiting, subject: subject) }
        let batches: Set<DecisionSubject> = [.operationsBatch, .financeBatch, .auditBatch]
        if batches.contains(subject), board.check(subject.check)?.isMet == true { throw .notEmpty(subject) }
    }
}

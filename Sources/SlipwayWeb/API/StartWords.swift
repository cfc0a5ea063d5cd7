import SlipwayDomain
package import SlipwayOperations

/// What an operator is told of a decision: one sentence, the same on every surface.
package struct StartWords {
    private let answer: StartAnswer

    package init(_ answer: StartAnswer) {
        self.answer = answer
    }

    package var message: String {
        let verb = answer.request.operation.verb
        switch answer.decision {
        case .accepted: return answer.run.map { "\(verb): run \($0) is queued." } ?? "\(verb) could start now."
        case .deduped(let run): return "\(verb) is under way already, as run \(run.id)."
        case .scopeBusy(let holds):
            let runs = holds.map { "run \($0.holder.id) (\($0.holder.operation))" }.joined(separator: ", ")
            return "\(verb) waits for nobody: \(runs) has what it needs. Start it again when that is over."
        case .blocked(let blockers):
            return "\(verb) cannot start. " + blockers.map(\.reason.sentence).joined(separator: " ")
        }
    }

    /// The first reason, for a line of its own; nil when it was not refused.
    var shortReason: String? {
        if case .blocked(let blockers) = answer.decision { blockers.first?.reason.sentence } else { nil }
    }
}

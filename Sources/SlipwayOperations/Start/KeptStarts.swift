import SlipwayDomain
import SlipwaySQL
import SlipwayStore

/// What was decided under the keys of a round of starts, and what is decided under them now.
struct KeptStarts {
    private var known: [KeptStart]
    private var told: [StartKey: StartAnswer] = [:]
    private var new: [KeptStart] = []

    init(for requests: [StartRequest], in transaction: any Transaction) throws {
        let names = Set(requests.compactMap { $0.key?.name })
        known = try StartKeys.kept(named: names.sorted(), in: transaction)
    }

    /// What is told again under the request's key; nil when the start is to be decided.
    func answer(
        _ request: StartRequest, _ connection: ConnectionFacts?, in transaction: any Transaction
    ) throws -> Result<StartAnswer, StartKeyReused>? {
        guard let key = request.key,
            let start = known.first(where: { $0.stands(for: key, in: request.workspace) })
        else { return nil }
        guard start.fingerprint == key.fingerprint.description else {
            return .failure(StartKeyReused(key: key.name))
        }
        if var answer = told[key] {
            answer.isReplay = true
            return .success(answer)
        }
        guard let run = try start.run.flatMap({ try RunReads.run($0, in: transaction) }),
            let decision = StartDecision(replaying: start.decision, run)
        else { return nil }
        var answer = StartAnswer(
            request: request, connection: connection, decision: decision, run: run.id,
            runStatus: start.decision == "accepted" ? .queued : run.status)
        answer.isReplay = true
        return .success(answer)
    }

    /// Keeps an answer, unless the caller may come again.
    mutating func add(_ answer: StartAnswer, at now: Timestamp) {
        guard let key = answer.request.key else { return }
        if case .scopeBusy = answer.decision, !key.keepsBusy { return }
        let start = KeptStart(
            key, in: answer.request.workspace, decision: answer.decision.status, run: answer.run, at: now)
        known.append(start)
        new.append(start)
        told[key] = answer
    }

    func write(in transaction: any Transaction) throws {
        try StartKeys.keep(new, in: transaction)
    }
}

extension StartDecision {
    /// A decision as it was, from the word that was kept and the run it named.
    fileprivate init?(replaying word: String, _ run: RunRecord) {
        let since = run.startedAt ?? run.createdAt
        let active = ActiveRun(
            id: run.id, identity: run.identity, operation: run.type, status: run.status, since: since,
            progress: run.progress)
        switch word {
        case "accepted": self = .accepted(slots: run.scopes.map { ClaimedSlot(scope: $0, slot: 0) })
        case "deduped": self = .deduped(active)
        case "scope_busy": self = .scopeBusy(run.scopes.map { ScopeHold(scope: $0, slot: 0, holder: active) })
        case "blocked":
            self = .blocked(
                (run.failures?.arrayValue ?? []).compactMap { blocker in
                    blocker["reason_code"]?.stringValue.flatMap(ReasonCode.init(rawValue:)).map {
                        Blocker($0, detail: blocker["detail"]?.stringValue)
                    }
                })
        default: return nil
        }
    }
}

import SlipwayDomain
import SlipwaySQL
import SlipwayStore

/// Decides starts that share a transaction: reads for all of them, decides one after the other, writes for all.
struct DecisionRound: Sendable {
    let served: Set<String>

    func decide(
        _ requests: [StartRequest], ids: [ID<OperationRun>], at now: Timestamp, in transaction: any Transaction
    ) throws -> [Result<StartAnswer, StartKeyReused>] {
        let connections = try connections(of: requests, in: transaction)
        let requests = requests.map { $0.resolved(among: connections) }
        var kept = try KeptStarts(for: requests, in: transaction)
        var active = try active(for: requests, in: transaction)
        var made: [RunStart.NewRun] = []
        let answers = try zip(requests, ids).map { request, id -> Result<StartAnswer, StartKeyReused> in
            if let told = try kept.answer(request, connections.chosen(by: request), in: transaction) { return told }
            let answer = try answer(request, id, active, connections, in: transaction)
            switch answer.decision {
            case .accepted(let slots):
                active.add(request, id, slots, at: now)
                made.append(RunStart.NewRun(id: id, request: request, decision: answer.decision, at: now))
            case .blocked:
                made.append(RunStart.NewRun(id: id, request: request, decision: answer.decision, at: now))
            case .deduped, .scopeBusy: break
            }
            kept.add(answer, at: now)
            return .success(answer)
        }
        if !made.isEmpty {
            try RunStart.insert(made, in: transaction)
            try AccessLog.add(made.map(\.entry), transaction)
        }
        try kept.write(in: transaction)
        return answers
    }

    /// The decision alone; an accepted or blocked one has no run.
    func foresee(_ request: StartRequest, in transaction: any Transaction) throws -> StartAnswer {
        let connections = try connections(of: [request], in: transaction)
        let request = request.resolved(among: connections)
        let active = try active(for: [request], in: transaction)
        return try answer(request, nil, active, connections, in: transaction)
    }

    private func answer(
        _ request: StartRequest, _ id: ID<OperationRun>?, _ active: RunStart.Active,
        _ connections: [ConnectionFacts], in transaction: any Transaction
    ) throws -> StartAnswer {
        var facts = StartFacts(
            identical: active.byIdentity[request.identity],
            holds: request.scopes.flatMap { active.byScope[$0.name] ?? [] })
        let connection = connections.chosen(by: request)
        // What is missing is looked up only where it can decide: never for a duplicate.
        if facts.identical == nil {
            facts.blockers = try blockers(of: request, connection, in: transaction)
        }
        let decision = StartDecision(on: request, facts)
        let (run, status): (ID<OperationRun>?, RunStatus?) =
            switch decision {
            case .accepted: (id, id.map { _ in .queued })
            case .blocked: (id, id.map { _ in .completed })
            case .deduped(let identical): (identical.id, identical.status)
            case .scopeBusy(let holds): (holds.first?.holder.id, holds.first?.holder.status)
            }
        return StartAnswer(
            request: request, connection: connection, decision: decision, run: run, runStatus: status)
    }

    private func active(
        for requests: [StartRequest], in transaction: any Transaction
    ) throws -> RunStart.Active {
        try RunStart.active(
            identities: Set(requests.map(\.identity)).sorted(),
            scopes: Set(requests.flatMap(\.scopes).map(\.name)).sorted(), in: transaction)
    }

    private func connections(
        of requests: [StartRequest], in transaction: any Transaction
    ) throws -> [ConnectionFacts] {
        let tenants = Set(requests.filter(\.operation.needsConnection).compactMap(\.tenant))
        return try ConnectionReads.facts(ofTenants: tenants.sorted(), in: transaction)
    }

    private func blockers(
        of request: StartRequest, _ connection: ConnectionFacts?, in transaction: any Transaction
    ) throws -> [Blocker] {
        var blockers: [Blocker] = []
        if request.operation.needsConnection {
            blockers += connection.map { $0.blockers(for: request.operation) } ?? [Blocker(.connectionMissing)]
        }
        if !served.contains(request.operation.type) { blockers.append(Blocker(.adapterMissing)) }
        for kind in request.operation.requiredEvidence {
            guard try !EvidenceReads.hasPassed(kind, for: request.target, in: transaction) else { continue }
            blockers.append(Blocker(.evidenceMissing, detail: kind.rawValue))
        }
        return blockers
    }
}

extension RunStart.NewRun {
    /// That its actor was let start it; the run's own number serves for the entry's.
    fileprivate var entry: AccessLog.NewEntry {
        AccessLog.NewEntry(
            number: id.number, workspace: request.workspace,
            AccessRecord(
                at: at, tenant: request.tenant, actor: request.initiator, origin: request.requestedBy,
                action: request.operation.capability.rawValue, resource: "\(request.operation.type), run \(id)",
                decision: .allowed))
    }
}

extension StartRequest {
    /// The request through the connection it will act through, so that naming the default and leaving it out are
    /// one and the same.
    fileprivate func resolved(among connections: [ConnectionFacts]) -> StartRequest {
        guard operation.needsConnection, connection == nil, let chosen = connections.chosen(by: self) else {
            return self
        }
        return through(chosen.id)
    }
}

extension RunStart.Active {
    /// What a start that was just accepted changes for those behind it in the same round.
    fileprivate mutating func add(
        _ request: StartRequest, _ id: ID<OperationRun>, _ slots: [ClaimedSlot], at now: Timestamp
    ) {
        let run = ActiveRun(
            id: id, identity: request.identity, operation: request.operation.type, status: .queued, since: now,
            progress: nil)
        byIdentity[run.identity] = run
        for slot in slots {
            byScope[slot.scope, default: []].append(ScopeHold(scope: slot.scope, slot: slot.slot, holder: run))
        }
    }
}

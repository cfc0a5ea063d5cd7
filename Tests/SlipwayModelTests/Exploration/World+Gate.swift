import SlipwayDomain

/// The gate, and what an end lets go.
extension World {
    mutating func start(_ work: Work, _ flaw: Flaw?) {
        let request = work.request
        let facts = StartFacts(
            identical: holds["=\(request.identity)"].map(active),
            holds: request.scopes.compactMap { scope in
                if flaw == .counterForHolds {
                    return (counts[scope.name] ?? 0) > 0
                        ? ScopeHold(scope: scope.name, slot: 0, holder: active(0)) : nil
                }
                return holds[scope.name].map { ScopeHold(scope: scope.name, slot: 0, holder: active($0)) }
            })
        guard case .accepted = StartDecision(on: request, facts) else { return }
        runs.append(Run(work: work, machine: RunMachine(maxAttempts: 3)))
        apply(.accepted, to: runs.count - 1)
        holds["=\(request.identity)"] = runs.count - 1
        for scope in work.scopes {
            if flaw == .counterForHolds { counts[scope, default: 0] += 1 } else { holds[scope] = runs.count - 1 }
        }
    }

    func active(_ run: Int) -> ActiveRun {
        guard let id = ID<OperationRun>(Int64(run + 1)) else { preconditionFailure("a run has a number") }
        return ActiveRun(
            id: id, identity: runs[run].work.request.identity, operation: "",
            status: runs[run].machine.status ?? .queued,
            since: Timestamp(microseconds: 0), progress: nil)
    }

    mutating func complete(_ run: Int) {
        runs[run].owner = nil
        holds = holds.filter { $0.value != run }
    }

    mutating func apply(_ event: RunEvent, to run: Int) {
        do { try runs[run].machine.receive(event) } catch { fault = "\(error)" }
    }
}

import SlipwayDomain

/// What the gate and its runs are to clients that come one after the other: the decision and the run's machine, and
/// nothing else.
struct SequentialGate: Hashable {
    private struct Known: Hashable {
        let request: StartRequest
        var machine: RunMachine
    }

    private var runs: [ID<OperationRun>: Known] = [:]

    /// Takes a request in; false when the answer is not the one it has then.
    mutating func take(_ request: Request, _ response: Response) -> Bool {
        switch request {
        case .start(let request): start(request, response)
        case .claim(let run): advance(run, .claimed, response)
        case .finish(let run): advance(run, .finished(.succeeded, nil), response)
        case .cancel(let run): advance(run, .cancelRequested, response)
        }
    }

    private mutating func start(_ request: StartRequest, _ response: Response) -> Bool {
        let active = runs.filter { $0.value.machine.status != .completed }
        let identical = active.first { $0.value.request.identity == request.identity }
        let holds = request.scopes.flatMap { scope in
            active.filter { $0.value.request.scopes.contains(scope) }.sorted { $0.key < $1.key }.enumerated().map {
                ScopeHold(scope: scope.name, slot: $0.offset, holder: seen($0.element.key, $0.element.value))
            }
        }
        let facts = StartFacts(identical: identical.map { seen($0.key, $0.value) }, holds: holds)
        switch (StartDecision(on: request, facts), response) {
        case (.accepted, .accepted(let run)):
            guard runs[run] == nil else { return false }
            var machine = RunMachine(maxAttempts: request.operation.retry.attempts)
            guard (try? machine.receive(.accepted)) != nil else { return false }
            runs[run] = Known(request: request, machine: machine)
            return true
        case (.deduped(let run), .deduped(let named)): return run.id == named
        case (.scopeBusy(let holds), .busy(let named)): return Set(holds.map(\.holder.id)) == named
        default: return false
        }
    }

    private mutating func advance(_ run: ID<OperationRun>, _ event: RunEvent, _ response: Response) -> Bool {
        guard var known = runs[run] else { return response == .refused }
        // Asking twice is asking once.
        if event == .cancelRequested, known.machine.cancel != .none { return response == .done }
        guard (try? known.machine.receive(event)) != nil else { return response == .refused }
        runs[run] = known
        return response == .done
    }

    private func seen(_ run: ID<OperationRun>, _ known: Known) -> ActiveRun {
        ActiveRun(
            id: run, identity: known.request.identity, operation: "", status: .queued,
            since: Timestamp(microseconds: 0), progress: nil)
    }
}

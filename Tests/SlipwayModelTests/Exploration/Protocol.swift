import SlipwayDomain

/// What the explored system does otherwise than Slipway: each is a design that has been built somewhere, and breaks.
enum Flaw: String, CaseIterable {
    /// A worker's writes do not carry the fence of its claim.
    case noFence = "no fence"
    /// Only queued runs stand in the way of the same work.
    case identityWithoutRunning = "identity without running"
    /// Scopes are counted up by a start and down after an end, in a transaction of their own.
    case counterForHolds = "counter for holds"
    /// A gone worker's runs are rescued all together, or not at all.
    case batchRescue = "batch rescue"
    /// A worker that was stopped calls the provider before it has looked whether it is still on the roll.
    case noLeaseCheck = "no lease check before a call"
}

/// What is asked of the explored system. Two scopes, and one kind of work that needs none.
enum Work: Int, CaseIterable {
    case first
    case both
    case none

    static let definitions = [
        OperationDefinition(
            type: "first", verb: "", provider: "", module: "", capability: .runCutover, needsConnection: false,
            protectedScopes: [ScopeTemplate("1")]),
        OperationDefinition(
            type: "both", verb: "", provider: "", module: "", capability: .runCutover, needsConnection: false,
            protectedScopes: [ScopeTemplate("1"), ScopeTemplate("2")]),
        OperationDefinition(
            type: "none", verb: "", provider: "", module: "", capability: .runCutover, needsConnection: false,
            protectedScopes: []),
    ]

    static let requests = definitions.compactMap { definition in
        ID<Workspace>(1).map {
            StartRequest(
                operation: definition, workspace: $0, surface: "", initiator: Initiator(kind: .system, name: "explorer")
            )
        }
    }

    var request: StartRequest { Self.requests[rawValue] }
    var scopes: [String] { request.scopes.map(\.name) }
}

/// One thing that can happen next; each is one transaction, one call, or one misfortune.
enum Step: Hashable, CustomStringConvertible {
    case start(Work)
    case claim(worker: Int, run: Int)
    /// The worker's next write or look, as `RunWork` decides it.
    case write(worker: Int, run: Int)
    case call(worker: Int, run: Int, isAnswered: Bool)
    case release(worker: Int, run: Int)
    case beat(worker: Int)
    case pause(worker: Int)
    case wake(worker: Int)
    case crash(worker: Int)
    case rescue(from: Int, run: Int)
    case rescueAll(from: Int)
    case cancel(run: Int)

    var description: String {
        switch self {
        case .start(let work): "start \(work)"
        case .claim(let worker, let run): "worker \(worker) claims run \(run)"
        case .write(let worker, let run): "worker \(worker) writes of run \(run)"
        case .call(let worker, let run, true): "worker \(worker) calls the provider for run \(run)"
        case .call(let worker, let run, false): "worker \(worker) calls for run \(run), and the reply is lost"
        case .release(let worker, let run): "worker \(worker) counts down what run \(run) held"
        case .beat(let worker): "worker \(worker) beats"
        case .pause(let worker): "worker \(worker) is stopped, past its lease"
        case .wake(let worker): "worker \(worker) goes on"
        case .crash(let worker): "worker \(worker) crashes, and is started anew"
        case .rescue(let worker, let run): "run \(run) is rescued from worker \(worker)"
        case .rescueAll(let worker): "all runs of worker \(worker) are rescued at once"
        case .cancel(let run): "someone cancels run \(run)"
        }
    }
}

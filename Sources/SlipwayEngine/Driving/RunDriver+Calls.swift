import SlipwayDomain
import SlipwayStore

/// The calls of a run to its adapter, each under a permit of its own, until a deadline.
extension RunDriver {
    mutating func plan() async throws -> StepResult {
        if !run.requestedItems.isEmpty {
            pending = .planned(run.requestedItems)
            return .going
        }
        guard let adapter = adapter() else { return .going }
        try signals.checkLease(at: tools.steady.reading())
        let (call, grant) = (call, grant())
        let planned = await signals.calling(until: grant.deadline) {
            await Result { () async throws(AdapterFailure) in try await adapter.plan(call, with: grant.permit()) }
        }
        switch planned {
        // Nothing to do is nothing to write down first.
        case .success(let items) where items.isEmpty: work.items = []
        case .success(let items): pending = .planned(items)
        case .failure(let failure): pending = .failed(item: nil, failure)
        }
        return .going
    }

    mutating func perform(_ item: String) async throws -> StepResult {
        guard let adapter = adapter() else { return .going }
        try signals.checkLease(at: tools.steady.reading())
        let (call, grant) = (call, grant())
        let key = EffectKey(origin: run.origin, item: item)
        let performed = await signals.calling(until: grant.deadline) {
            await Result { () async throws(AdapterFailure) in
                try await adapter.perform(item, key: key, call, with: grant.permit())
            }
        }
        switch performed {
        case .success(let result): pending = .performed(item: item, result)
        case .failure(let failure): pending = .failed(item: item, failure)
        }
        return .going
    }

    mutating func observe(_ item: String) async throws -> StepResult {
        guard let adapter = adapter() else { return .going }
        try signals.checkLease(at: tools.steady.reading())
        let (call, grant) = (call, grant(atLeastSeconds: Self.lookSeconds))
        let key = EffectKey(origin: run.origin, item: item)
        let observed = await signals.calling(until: grant.deadline) {
            await Result { () async throws(AdapterFailure) in
                try await adapter.observe(item, key: key, call, with: grant.permit())
            }
        }
        // A look that failed tells nothing, whatever it says of itself.
        pending = .observed(item: item, (try? observed.get()) ?? .unknown)
        return .going
    }

    private mutating func adapter() -> (any Adapter)? {
        if let adapter = tools.adapters[run.type] { return adapter }
        pending = .failed(item: nil, .terminal(.adapterMissing))
        return nil
    }

    private var call: AdapterCall {
        let signals = signals
        return AdapterCall(
            operation: run.type, tenant: run.tenant, connection: run.connection, target: run.target,
            report: { signals.report($0) }, isCancelled: { signals.isCancelRequested || signals.isStopping })
    }

    /// A look is given this long also when the attempt's own time is over: without it nobody knows what was done.
    private static let lookSeconds = 60

    private func grant(atLeastSeconds seconds: Int = 0) -> CallGrant {
        let least = tools.steady.reading().advanced(milliseconds: seconds * 1000)
        return CallGrant(
            run: run.id, scopes: run.scopes, fence: run.machine.fence, deadline: max(deadline, least))
    }
}

/// What the permits for one call are made from.
private struct CallGrant: Sendable {
    let run: ID<OperationRun>
    let scopes: [String]
    let fence: Int64
    let deadline: SteadyInstant

    func permit() -> DispatchPermit {
        DispatchPermit(run: run, scopes: scopes, fence: fence, deadline: deadline)
    }
}

extension Result where Success: Sendable {
    /// What a call brought.
    fileprivate init(_ body: () async throws(Failure) -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}

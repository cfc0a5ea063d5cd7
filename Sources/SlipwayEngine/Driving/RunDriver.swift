import SlipwayDomain
import SlipwaySQL
package import SlipwayStore

/// Carries one claimed run to its end, a step at a time: a step is one transaction or one call to the provider.
///
/// Killed between any two steps, the next worker reads what was written and goes on: what was begun and not
/// answered is asked about, never repeated blindly.
package struct RunDriver: Sendable {
    private let run: RunRecord
    private let tools: DriverTools
    private let signals: RunSignals
    /// When the attempt's time is over.
    private let deadline: SteadyInstant
    private var work: RunWork
    private var isLoaded: Bool
    private var pending: Pending?

    /// What a call brought back, until it is written.
    private enum Pending: Sendable {
        case call(item: String)
        case planned([String])
        case observed(item: String, EffectState)
        case performed(item: String, ItemResult)
        case failed(item: String?, AdapterFailure)
    }

    /// What came of a step.
    package enum StepResult: Sendable, Hashable {
        case going
        /// The run is over, waits for another attempt, or is another worker's.
        case done
    }

    package init(_ run: RunRecord, tools: DriverTools, signals: RunSignals) {
        self.run = run
        self.tools = tools
        self.signals = signals
        let seconds = tools.registry[run.type]?.deadlineSeconds ?? 3600
        deadline = tools.steady.reading().advanced(milliseconds: seconds * 1000)
        work = RunWork(cancel: run.machine.cancel)
        // The first claim of a run: nothing can have been written for it yet.
        isLoaded = run.machine.fence == 1 && run.parent == nil
    }

    /// Takes one step. Throws `DatabaseError` when the store failed; the same step may be tried again then.
    package mutating func step() async throws -> StepResult {
        if let pending {
            if case .call(let item) = pending { return try await perform(item) }
            return try await write(pending)
        }
        if !isLoaded { try await load() }
        if signals.isCancelRequested, work.cancel == .none { work.cancel = .requested }
        work.isLate = deadline <= tools.steady.reading()
        switch work.next {
        case .acknowledgeCancel: return try await acknowledgeCancel()
        case .plan: return try await plan()
        case .observe(let item): return try await observe(item)
        case .perform(let item): return try await intend(item)
        case .finish(let outcome, let reason): return try await finish(outcome, reason)
        }
    }

    /// Whether a call has answered and nobody was told yet.
    var hasUnwrittenAnswer: Bool {
        switch pending {
        case .none, .call: false
        case .planned, .observed, .performed, .failed: true
        }
    }

    /// Gives the run back so that another worker may take it at once; the attempt does not count.
    package func handBack() async throws {
        _ = try await apply(.interrupted)
    }

    /// Ends a run that a fault of ours stopped.
    package func abandon() async throws {
        _ = try await apply(.finished(.failed, .internalFault))
    }

    private mutating func load() async throws {
        let run = run
        let (items, effects) = try await tools.database.read { transaction in
            (
                try RunReads.items(of: run.id, in: transaction),
                try RunReads.effects(ofOrigin: run.origin, in: transaction)
            )
        }
        work.items = items.isEmpty ? nil : items.map(\.item)
        work.effects = effects
        isLoaded = true
    }

    private mutating func acknowledgeCancel() async throws -> StepResult {
        guard try await apply(.cancelAcknowledged) != nil else { return .done }
        work.cancel = .acknowledged
        return .going
    }
}

// MARK: Calls

extension RunDriver {
    private mutating func plan() async throws -> StepResult {
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

    private mutating func perform(_ item: String) async throws -> StepResult {
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

    private mutating func observe(_ item: String) async throws -> StepResult {
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

// MARK: Writes

extension RunDriver {
    private mutating func intend(_ item: String) async throws -> StepResult {
        let held = try await journal { run, now, transaction in
            try RunJournal.intend(item, of: run, at: now, in: transaction)
        }
        guard held else { return .done }
        work.effects[item] = .intended
        pending = .call(item: item)
        return .going
    }

    private mutating func write(_ pending: Pending) async throws -> StepResult {
        switch pending {
        case .call: return .going
        case .planned(let items): return try await write(planned: items)
        case .observed(let item, let state): return try await write(observed: item, state)
        case .performed(let item, let result): return try await settle(item, .done, result)
        case .failed(let item, let failure): return try await write(failed: item, failure)
        }
    }

    private mutating func write(planned items: [String]) async throws -> StepResult {
        let held = try await journal { run, now, transaction in
            try RunJournal.plan(items, of: run.id, fence: run.machine.fence, at: now, in: transaction)
        }
        guard held else { return .done }
        work.items = items.map { RunItem(key: $0) }
        pending = nil
        return .going
    }

    private mutating func write(observed item: String, _ state: EffectState) async throws -> StepResult {
        switch state {
        case .done: return try await settle(item, .done, ItemResult())
        case .notDone: return try await settle(item, .notDone, nil)
        case .unknown, .intended:
            // Asked and not answered: ask again after a pause, and say so when there are no attempts left.
            if let again = try await waitForRetry(.effectUnknown, asked: nil) { return again }
            return try await settle(item, .unknown, ItemResult(.unknown, reason: .effectUnknown))
        }
    }

    private mutating func write(failed item: String?, _ failure: AdapterFailure) async throws -> StepResult {
        switch failure {
        case .transient(let reason, let pause):
            if let item { try await settleQuietly(item, .notDone) }
            if deadline <= tools.steady.reading() {
                pending = nil
                return .going
            }
            if let again = try await waitForRetry(reason, asked: pause) { return again }
            return try await fail(item, reason, detail: nil)
        case .terminal(let reason, let detail):
            return try await fail(item, reason, detail: detail)
        case .unknown:
            guard let item else { return try await fail(nil, .networkUnreachable, detail: nil) }
            return try await settle(item, .unknown, nil)
        case .cancelled:
            if let item { try await settleQuietly(item, .notDone) }
            pending = nil
            return .going
        }
    }

    private mutating func fail(_ item: String?, _ reason: ReasonCode, detail: String?) async throws -> StepResult {
        guard let item else { return try await finish(.failed, reason) }
        let facts: JSONValue = detail.map { ["detail": .string($0)] } ?? [:]
        return try await settle(item, .notDone, ItemResult(.failed, reason: reason, facts: facts))
    }

    private mutating func settle(_ item: String, _ state: EffectState, _ result: ItemResult?) async throws -> StepResult
    {
        let evidence = tools.evidence
        let held = try await journal { run, now, transaction in
            guard
                try RunJournal.settle(
                    item, state, result, of: run, at: now, in: transaction)
            else { return false }
            for draft in result?.packets ?? [] { _ = try evidence.append(draft, at: now, in: transaction) }
            return true
        }
        guard held else { return .done }
        work.effects[item] = state
        if let result { work.settle(item, result) }
        pending = nil
        return .going
    }

    private mutating func settleQuietly(_ item: String, _ state: EffectState) async throws {
        let before = pending
        _ = try await settle(item, state, nil)
        pending = before
    }

    /// Puts the run back for another attempt; nil when it has had all of them.
    private func waitForRetry(_ reason: ReasonCode, asked: Int?) async throws -> StepResult? {
        let policy = tools.registry[run.type]?.retry ?? .usual
        let pause = policy.pauseMilliseconds(
            after: run.machine.attempt, asked: asked, random: tools.jitter(of: run.id, attempt: run.machine.attempt))
        guard let pause, run.machine.attempt < run.machine.maxAttempts else { return nil }
        let due = Timestamp(microseconds: tools.clock.now().microseconds + Int64(pause) * 1000)
        _ = try await apply(.retryScheduled(reason), waitingUntil: due)
        return .done
    }

    private func finish(_ outcome: RunOutcome, _ reason: ReasonCode?) async throws -> StepResult {
        let items = work.items ?? []
        let failures = items.filter { $0.status == .failed || $0.status == .unknown }
        let summary: JSONValue? =
            reason == nil && failures.isEmpty
            ? nil
            : [
                "reason_code": .string((reason ?? .itemsFailed).rawValue),
                "items": .array(
                    failures.prefix(100).map { item in
                        ["item": .string(item.key), "reason_code": .string((item.reason ?? .itemsFailed).rawValue)]
                    }),
            ]
        _ = try await tools.endings.submit(
            RunEnding(
                of: run, outcome: outcome, reason: reason,
                counts: work.finalCounts, failures: summary))
        return .done
    }

    private func apply(_ event: RunEvent, waitingUntil: Timestamp? = nil) async throws -> RunRecord? {
        let run = run
        let now = tools.clock.now()
        return try await tools.database.write { transaction in
            try RunTransitions.apply(
                event, to: run.id, by: .fence(run.machine.fence), waitingUntil: waitingUntil, at: now, in: transaction)
        }
    }

    private func journal(
        _ body: @escaping @Sendable (RunRecord, Timestamp, any Transaction) throws -> Bool
    ) async throws -> Bool {
        let run = run
        let now = tools.clock.now()
        return try await tools.database.write { transaction in try body(run, now, transaction) }
    }
}

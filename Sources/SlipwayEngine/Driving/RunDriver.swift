import SlipwayDomain
import SlipwaySQL
package import SlipwayStore

/// Carries one claimed run to its end, a step at a time: a step is one transaction or one call to the provider.
///
/// Killed between any two steps, the next worker reads what was written and goes on: what was begun and not
/// answered is asked about, never repeated blindly.
package struct RunDriver: Sendable {
    let run: RunRecord
    let tools: DriverTools
    let signals: RunSignals
    /// When the attempt's time is over.
    let deadline: SteadyInstant
    var work: RunWork
    var isLoaded: Bool
    var pending: Pending?
    /// Why items that were sent in this attempt have no answer.
    var unanswered: [String: ReasonCode] = [:]

    /// What a call brought back, until it is written.
    enum Pending: Sendable {
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

    mutating func load() async throws {
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

    mutating func acknowledgeCancel() async throws -> StepResult {
        guard try await apply(.cancelAcknowledged) != nil else { return .done }
        work.cancel = .acknowledged
        return .going
    }
}

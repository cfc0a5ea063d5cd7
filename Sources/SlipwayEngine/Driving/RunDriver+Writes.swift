import SlipwayDomain
import SlipwaySQL
import SlipwayStore

/// What a run's worker writes down, each under the fence of its claim.
extension RunDriver {
    mutating func intend(_ item: String) async throws -> StepResult {
        let held = try await journal { run, now, transaction in
            try RunJournal.intend(item, of: run, at: now, in: transaction)
        }
        guard held else { return .done }
        work.effects[item] = .intended
        pending = .call(item: item)
        return .going
    }

    mutating func write(_ pending: Pending) async throws -> StepResult {
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
        case .notDone: return try await write(notDone: item)
        case .unknown, .intended:
            // Asked and not answered: ask again after a pause, and say so when there are no attempts left.
            if let again = try await waitForRetry(.effectUnknown, asked: nil) { return again }
            return try await settle(item, .unknown, ItemResult(.unknown, reason: .effectUnknown))
        }
    }

    /// What was sent in this attempt and was not done costs the attempt: a provider that never answers is not asked for
    /// ever.
    private mutating func write(notDone item: String) async throws -> StepResult {
        guard let reason = unanswered.removeValue(forKey: item) else { return try await settle(item, .notDone, nil) }
        try await settleQuietly(item, .notDone)
        if let again = try await waitForRetry(reason, asked: nil) { return again }
        return try await fail(item, reason, detail: nil)
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
        case .unknown(let reason):
            guard let item else { return try await fail(nil, .networkUnreachable, detail: nil) }
            unanswered[item] = reason
            return try await settle(item, .unknown, nil)
        case .cancelled:
            if let item { try await settleQuietly(item, .notDone) }
            pending = nil
            return .going
        }
    }

    private mutating func fail(_ item: String?, _ reason: ReasonCode, detail: String?) async throws -> StepResult {
        guard let item else { return try await finish(.failed, reason, detail: detail) }
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
            for draft in result?.packets ?? [] {
                _ = try evidence.append(draft.made(by: run), at: now, in: transaction)
            }
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

    func finish(_ outcome: RunOutcome, _ reason: ReasonCode?, detail: String? = nil) async throws -> StepResult {
        let items = work.items ?? []
        let failures = items.filter { $0.status == .failed || $0.status == .unknown }
        var summary: [String: JSONValue] = [
            "reason_code": .string((reason ?? .itemsFailed).rawValue),
            "items": .array(
                failures.prefix(100).map { item in
                    ["item": .string(item.key), "reason_code": .string((item.reason ?? .itemsFailed).rawValue)]
                }),
        ]
        if let detail { summary["detail"] = .string(detail) }
        _ = try await tools.endings.submit(
            RunEnding(
                of: run, outcome: outcome, reason: reason,
                counts: work.finalCounts,
                failures: reason == nil && failures.isEmpty ? nil : .object(summary)))
        return .done
    }

    func apply(_ event: RunEvent, waitingUntil: Timestamp? = nil) async throws -> RunRecord? {
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

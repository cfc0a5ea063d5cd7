/// What is left to do of a claimed run, and the one decision about what comes next.
package struct RunWork: Hashable, Sendable {
    package var cancel: CancelPhase
    /// Nil until the run is planned.
    package var items: [RunItem]?
    /// What is known of the change behind each item, by the item's key.
    package var effects: [String: EffectState]
    /// Whether the attempt has had all the time its operation allows.
    package var isLate = false

    package init(cancel: CancelPhase = .none, items: [RunItem]? = nil, effects: [String: EffectState] = [:]) {
        self.cancel = cancel
        self.items = items
        self.effects = effects
    }

    package enum Step: Hashable, Sendable {
        case acknowledgeCancel
        case plan
        /// Something was begun and its end is not known: ask, do not repeat.
        case observe(item: String)
        case perform(item: String)
        case finish(RunOutcome, ReasonCode?)
    }

    /// What was begun is cleared up first, also when the run is being cancelled or is out of time: it never ends on a
    /// guess.
    package var next: Step {
        if cancel == .requested { return .acknowledgeCancel }
        guard let items else {
            if cancel == .acknowledged { return .finish(.cancelled, nil) }
            return isLate ? .finish(.failed, .deadlineExceeded) : .plan
        }
        if let open = items.first(where: { $0.status == .planned && isOpen($0) }) {
            return .observe(item: open.key)
        }
        if cancel == .acknowledged { return .finish(.cancelled, nil) }
        let counts = ItemCounts(items)
        if let first = items.first(where: { $0.status == .planned }) {
            // What is left is skipped; a retry takes it up.
            if isLate { return .finish(counts.succeeded > 0 ? .partiallySucceeded : .failed, .deadlineExceeded) }
            return .perform(item: first.key)
        }
        return .finish(counts.outcome, reason(for: counts, items))
    }

    private func isOpen(_ item: RunItem) -> Bool {
        effects[item.key] == .intended || effects[item.key] == .unknown
    }

    /// The reason all failed items share, else that items failed.
    private func reason(for counts: ItemCounts, _ items: [RunItem]) -> ReasonCode? {
        guard counts.failed + counts.unknown > 0 else { return nil }
        let reasons = Set(items.filter { $0.status == .failed || $0.status == .unknown }.map(\.reason))
        return reasons.count == 1 ? reasons.first.flatMap(\.self) ?? .itemsFailed : .itemsFailed
    }
}

extension RunWork {
    /// Takes in what came of an item.
    package mutating func settle(_ key: String, _ result: ItemResult) {
        guard let index = items?.firstIndex(where: { $0.key == key }) else { return }
        items?[index].status = result.status
        items?[index].reason = result.reason
    }

    /// The counts a run ends with: what was not begun was skipped.
    package var finalCounts: ItemCounts {
        ItemCounts(
            (items ?? []).map { item in
                var item = item
                if item.status == .planned { item.status = .skipped }
                return item
            })
    }
}

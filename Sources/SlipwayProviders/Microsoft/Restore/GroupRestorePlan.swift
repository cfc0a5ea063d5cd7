import SlipwayDomain

/// The dry run of a restore: the same items, each with what would be done about it. Nothing is changed.
struct GroupRestorePlan: Adapter {
    let restore: GroupRestore

    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        try await restore.plan(call, with: permit)
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        let session = try await restore.tools.session(for: call, with: permit)
        switch try restore.change(item) {
        case .change(let id):
            let wanted = try await restore.wanted(id, call, session, with: permit)
            guard let now = try await session.group(id, with: permit) else { return ItemResult(facts: ["gone": true]) }
            let changes = wanted.changes(from: now)
            let before = changes.keys.sorted().reduce(into: [String: JSONValue]()) { before, name in
                before[name] = now.values[name] ?? .null
            }
            return ItemResult(facts: ["would_set": .object(changes), "is_now": .object(before)])
        case .create(let id):
            return ItemResult(
                facts: ["would_make": try await restore.wanted(id, call, session, with: permit).creation])
        case .remove(let id): return ItemResult(facts: ["would_remove": .string(id)])
        }
    }

    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState {
        .notDone
    }
}

import SlipwayDomain

/// A provider that does what a test says, and remembers what was done to it.
actor ScriptedAdapter: Adapter {
    enum Answer: Sendable {
        case done
        /// The change is made, and the answer does not arrive.
        case doneWithoutAnswer
        case fails(AdapterFailure)
        case result(ItemResult)
    }

    private let items: [String]
    private var script: [String: [Answer]]
    private(set) var performed: [String] = []
    private(set) var observed: [String] = []
    /// Keys of changes the provider has, with how often each was made.
    private(set) var changes: [EffectKey: Int] = [:]

    /// `script` has the answers for each item, in turn; after the last, and for others, it is `done`.
    init(items: [String] = [], script: [String: [Answer]] = [:]) {
        self.items = items
        self.script = script
    }

    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        items
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        performed.append(item)
        let answer = script[item]?.isEmpty == false ? script[item]?.removeFirst() : nil
        switch answer ?? .done {
        case .done:
            changes[key, default: 0] += 1
            return ItemResult()
        case .doneWithoutAnswer:
            changes[key, default: 0] += 1
            throw .unknown(.networkUnreachable)
        case .fails(let failure): throw failure
        case .result(let result):
            changes[key, default: 0] += 1
            return result
        }
    }

    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState {
        observed.append(item)
        return changes[key] == nil ? .notDone : .done
    }
}

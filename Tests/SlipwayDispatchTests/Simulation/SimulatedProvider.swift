import SlipwayDomain
import SlipwayTesting

/// A provider with moods: answers, fails, or says nothing, as its seed has it. It knows what was done to it.
actor SimulatedProvider: Adapter {
    private var random: SeededGenerator
    private(set) var changes: [EffectKey: Int] = [:]
    private var isWell = false

    init(_ seed: Seed) {
        random = SeededGenerator(seed)
    }

    /// From now on everything goes well.
    func heal() {
        isWell = true
    }

    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        if mood(of: 12) == 0 { throw .transient(.providerUnavailable) }
        return (0..<Int.random(in: 0...3, using: &random)).map { "item \($0)" }
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        switch mood(of: 10) {
        case 0: throw .transient(.rateLimited, pauseMilliseconds: 3000)
        case 1: throw .unknown(.networkUnreachable)
        case 2: throw .terminal(.providerRefused)
        case 3:
            changes[key, default: 0] += 1
            throw .unknown(.networkUnreachable)
        default:
            changes[key, default: 0] += 1
            return ItemResult()
        }
    }

    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState {
        if mood(of: 5) == 0 { throw .unknown(.networkUnreachable) }
        return changes[key] == nil ? .notDone : .done
    }

    private func mood(of count: Int) -> Int {
        isWell ? -1 : Int.random(in: 0..<count, using: &random)
    }
}

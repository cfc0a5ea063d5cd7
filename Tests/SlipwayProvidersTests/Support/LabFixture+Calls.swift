import SlipwayDomain
import SlipwayTesting
import Testing

extension LabFixture {
    func call(
        _ operation: String, _ target: [String: String] = [:], isCancelled: Bool = false
    ) -> AdapterCall {
        AdapterCall(
            operation: operation, tenant: TestIDs.tenant, connection: TestIDs.connection, target: target,
            report: { _ in }, isCancelled: { isCancelled })
    }

    func plan(_ operation: String, _ target: [String: String] = [:]) async throws -> [String] {
        let adapter = try #require(adapters[operation])
        return try await adapter.plan(call(operation, target), with: .forTest())
    }

    func perform(
        _ operation: String, _ item: String, _ target: [String: String] = [:], isCancelled: Bool = false
    ) async throws -> ItemResult {
        let adapter = try #require(adapters[operation])
        return try await adapter.perform(
            item, key: EffectKey(origin: TestIDs.run, item: item), call(operation, target, isCancelled: isCancelled),
            with: .forTest())
    }

    func observe(_ operation: String, _ item: String, _ target: [String: String] = [:]) async throws -> EffectState {
        let adapter = try #require(adapters[operation])
        return try await adapter.observe(
            item, key: EffectKey(origin: TestIDs.run, item: item), call(operation, target), with: .forTest())
    }

    /// The failure that a call ends with; nil when it ends well.
    func failure(_ body: () async throws -> Void) async throws -> AdapterFailure? {
        do {
            try await body()
            return nil
        } catch let failure as AdapterFailure {
            return failure
        }
    }
}

import SlipwayDomain
import SlipwayTesting

/// A provider whose caller's process dies at a call: before it is made, or after it had its effect and before the
/// answer. What it answers then reaches nobody, because nothing can be written any more.
actor CrashingAdapter: Adapter {
    private let inner: ScriptedAdapter
    private let database: CrashingDatabase
    private let crash: (call: Int, moment: CrashingDatabase.Moment)?
    private(set) var calls = 0

    init(
        _ inner: ScriptedAdapter, _ database: CrashingDatabase,
        crashingAt crash: (call: Int, moment: CrashingDatabase.Moment)? = nil
    ) {
        self.inner = inner
        self.database = database
        self.crash = crash
    }

    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        if moment() != nil { throw .cancelled }
        return try await inner.plan(call, with: permit)
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        if moment() == .before { throw .cancelled }
        return try await inner.perform(item, key: key, call, with: permit)
    }

    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState {
        _ = moment()
        return try await inner.observe(item, key: key, call, with: permit)
    }

    /// Counts a call; the process dies at the one it is to die at.
    private func moment() -> CrashingDatabase.Moment? {
        let number = calls
        calls += 1
        guard let crash, crash.call == number else { return nil }
        database.die()
        return crash.moment
    }
}

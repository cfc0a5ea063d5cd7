/// What carries out an operation at a provider: the one seam between a run and the world.
///
/// Each call borrows a permit. A call that outlasts the permit's deadline, or its worker, is cancelled as a task, and
/// what it then answers counts: it should stop soon and say what it knows. An adapter may be called again with the same key after a crash, and must answer
/// `observe` truly: what is unknown stays unknown.
package protocol Adapter: Sendable {
    /// Names the items of a run, in the order they are to be done; asked once a run, unless its request named them.
    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String]

    /// Does one item. The intent is on disk before this is called, and what it returns is written after.
    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult

    /// Looks whether an item that was begun earlier was done: `done`, `notDone`, or `unknown`; never `intended`.
    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState
}

/// What an adapter is told of the run it works for, and how it reports back while it works.
package struct AdapterCall: Sendable {
    package let operation: String
    package let tenant: ID<Tenant>?
    package let connection: ID<ProviderConnection>?
    package let target: [String: String]
    /// Says how far it is; cheap, may be called for every row.
    package let report: @Sendable (RunProgress) -> Void
    /// Whether someone asked to cancel; an adapter that can stop half-way throws `cancelled` then.
    package let isCancelled: @Sendable () -> Bool

    package init(
        operation: String, tenant: ID<Tenant>?, connection: ID<ProviderConnection>?, target: [String: String],
        report: @escaping @Sendable (RunProgress) -> Void, isCancelled: @escaping @Sendable () -> Bool
    ) {
        self.operation = operation
        self.tenant = tenant
        self.connection = connection
        self.target = target
        self.report = report
        self.isCancelled = isCancelled
    }
}

/// How a call to a provider failed: which of the three it is decides what may be done next.
package enum AdapterFailure: Error, Hashable, Sendable {
    /// Nothing was changed, and time may heal it. A provider may ask for a pause.
    case transient(ReasonCode, pauseMilliseconds: Int? = nil)
    /// Nothing was changed, and trying again would not help.
    case terminal(ReasonCode, detail: String? = nil)
    /// It was sent and no answer came: only a look at the provider can tell.
    case unknown(ReasonCode)
    /// Stopped half-way because someone asked; what was done is safe to continue.
    case cancelled
}

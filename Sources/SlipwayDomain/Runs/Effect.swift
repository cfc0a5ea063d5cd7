/// The name of one change at a provider: the same in every attempt, so that the provider, or a read of what it
/// holds, can tell whether it was made.
package struct EffectKey: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// `origin` is the first run of a line of retries: a retry looks for what the run before it may have done.
    package init(origin: ID<OperationRun>, item: String) {
        text = "run-\(origin)/\(item)"
    }

    package var description: String { text }
}

/// What is known of one change at a provider. `intended` is written before the call, the others after it.
package enum EffectState: String, CaseIterable, Sendable {
    case intended
    case done
    case notDone = "not_done"
    case unknown
}

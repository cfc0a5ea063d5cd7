/// The name of one change at a provider: the same in every attempt, so that the provider, or a read of what it
/// holds, can tell whether it was made.
package struct EffectKey: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(run: ID<OperationRun>, item: String) {
        text = "run-\(run)/\(item)"
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

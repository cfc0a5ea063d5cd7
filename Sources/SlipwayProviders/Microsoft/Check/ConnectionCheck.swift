import SlipwayDomain

/// Checks a connection to Microsoft, a step an item, and leaves what it found.
///
/// Each step goes through those before it again, so that a check that was interrupted goes on anywhere with nothing
/// remembered.
struct ConnectionCheck: Adapter {
    let tools: MicrosoftTools

    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        ProbeStep.allCases.map(\.rawValue)
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        guard let last = ProbeStep(rawValue: item) else { throw .terminal(.internalFault, detail: "no step \(item)") }
        var probe = MicrosoftProbe(session: try await tools.session(for: call, with: permit))
        for step in ProbeStep.allCases {
            let result = try await take(step, last, &probe, with: permit)
            if step == last {
                if step == ProbeStep.allCases.last { try await keep(probe.findings, of: probe, with: permit) }
                return result
            }
            if result.status == .failed { return ItemResult(.skipped, reason: result.reason) }
        }
        throw .terminal(.internalFault, detail: "no step \(item)")
    }

    /// Nothing is changed, so nothing was done: a step is simply taken again.
    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState { .notDone }

    /// A step's result. What a failure means for the connection's health is kept before it is thrown.
    private func take(
        _ step: ProbeStep, _ last: ProbeStep, _ probe: inout MicrosoftProbe, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        do {
            let result = try await probe.take(step, isLast: step == last, with: permit)
            if result.status == .failed { try await keep(probe.findings, of: probe, with: permit) }
            return result
        } catch {
            guard let reason = error.reason else { throw error }
            probe.findings.fail(reason, at: step, detail: error.detail)
            try await keep(probe.findings, of: probe, with: permit)
            guard case .terminal = error, step != last else { throw error }
            return ItemResult(.failed, reason: reason)
        }
    }

    private func keep(
        _ findings: ConnectionFindings, of probe: MicrosoftProbe, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) {
        try await tools.connections.found(findings, of: probe.session.access.connection, with: permit)
    }
}

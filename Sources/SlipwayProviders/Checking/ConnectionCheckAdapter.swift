package import SlipwayDomain

/// Checks a connection, a step an item, and leaves what it found; each provider has its own way to take a step.
///
/// Each step goes through those before it again, so that a check that was interrupted goes on anywhere with nothing
/// remembered.
package struct ConnectionCheckAdapter: Adapter {
    private let credentials: any CredentialSource
    private let records: any ConnectionRecords
    /// By the provider's name in the catalogue.
    private let probes: [String: any ConnectionProbes]
    /// In the order they are taken.
    private let steps: [ProbeStep]

    /// `steps` are those to take, in whatever order they are named.
    package init(
        credentials: any CredentialSource, records: any ConnectionRecords, probes: [String: any ConnectionProbes],
        steps: [ProbeStep] = ProbeStep.allCases
    ) {
        self.credentials = credentials
        self.records = records
        self.probes = probes
        self.steps = ProbeStep.allCases.filter(steps.contains)
    }

    package func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure)
        -> [String]
    {
        steps.map(\.rawValue)
    }

    package func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        guard let last = ProbeStep(rawValue: item) else { throw .terminal(.internalFault, detail: "no step \(item)") }
        guard let connection = call.connection else { throw .terminal(.connectionMissing) }
        let access = try await credentials.access(through: connection, with: permit)
        guard let probes = probes[access.provider] else {
            throw .terminal(.adapterMissing, detail: "no check for \(access.provider)")
        }
        var probe = try probes.probe(of: access)
        // What a step found is the provider's own words in places, and may repeat what it was told.
        let redactor = Redactor([access.credential.secret])
        for step in steps {
            let result = try await take(step, last, &probe, connection, redactor, with: permit)
            if step == last {
                if step == steps.last {
                    try await records.found(probe.findings.redacted(by: redactor), of: connection, with: permit)
                }
                return result
            }
            if result.status == .failed { return ItemResult(.skipped, reason: result.reason) }
        }
        throw .terminal(.internalFault, detail: "no step \(item)")
    }

    /// Nothing is changed, so nothing was done: a step is simply taken again.
    package func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState { .notDone }

    /// A step's result. What a failure means for the connection's health is kept before it is thrown.
    private func take(
        _ step: ProbeStep, _ last: ProbeStep, _ probe: inout any ConnectionProbe, _ connection: ID<ProviderConnection>,
        _ redactor: Redactor, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        do {
            var result = try await probe.take(step, isLast: step == last, with: permit)
            result.facts = result.facts.redacted(by: redactor)
            if result.status == .failed {
                try await records.found(probe.findings.redacted(by: redactor), of: connection, with: permit)
            }
            return result
        } catch {
            let error = error.redacted(by: redactor)
            guard let reason = error.reason else { throw error }
            probe.findings.fail(reason, at: step, detail: error.detail)
            try await records.found(probe.findings.redacted(by: redactor), of: connection, with: permit)
            guard case .terminal = error, step != last else { throw error }
            return ItemResult(.failed, reason: reason)
        }
    }
}

/// Why a run did not start, or did not end well: one family for operators, schedules and machines alike.
///
/// The raw value is on the wire and in the runbook's anchors, and never changes.
package enum ReasonCode: String, CaseIterable, Sendable {
    case connectionMissing = "provider_connection_missing"
    case connectionDisabled = "provider_connection_disabled"
    case credentialMissing = "provider_credential_missing"
    case credentialInvalid = "provider_credential_invalid"
    case consentMissing = "provider_consent_missing"
    case permissionMissing = "provider_permission_missing"
    case targetMismatch = "target_mismatch"
    case networkUnreachable = "network_unreachable"
    case rateLimited = "rate_limited"
    case providerUnavailable = "provider_unavailable"
    case providerRefused = "provider_refused"
    case effectUnknown = "effect_unknown"
    case adapterMissing = "adapter_missing"
    case keyUnavailable = "key_unavailable"
    case evidenceMissing = "evidence_missing"
    case hazardsUnresolved = "hazards_unresolved"
    case verificationFailed = "verification_failed"
    case targetNotReady = "target_not_ready"
    case targetOccupied = "target_occupied"
    case targetBusy = "target_busy"
    case sourceChanged = "source_changed"
    case sourceUnreadable = "source_unreadable"
    case manifestChanged = "manifest_changed"
    case itemsFailed = "items_failed"
    case deadlineExceeded = "deadline_exceeded"
    case workerLost = "worker_lost"
    case workersExhausted = "workers_exhausted"
    case internalFault = "internal_fault"

    /// One sentence for the operator: what is so, and what to do.
    package var sentence: String {
        switch self {
        case .connectionMissing: "No provider connection is set up for this tenant: add one and make it the default."
        case .connectionDisabled: "The provider connection is switched off: switch it on, or choose another."
        case .credentialMissing: "The provider connection has no credential: add one."
        case .credentialInvalid: "The provider refused the credential: replace it, then check the connection."
        case .consentMissing: "The provider has not been given consent: an administrator there must grant it."
        case .permissionMissing: "The credential lacks a permission this operation needs: grant it at the provider."
        case .targetMismatch: "The connection belongs to another directory than the tenant: correct one of them."
        case .networkUnreachable: "The provider could not be reached: check its address and the network, then retry."
        case .rateLimited: "The provider asked to slow down: the run goes on by itself when its pause is over."
        case .providerUnavailable: "The provider answered that it is out of order: retry when it is well again."
        case .providerRefused: "The provider refused the request: the run's details say what it said."
        case .effectUnknown: "A request was sent and no answer came: look at the provider whether the change was made."
        case .adapterMissing: "This server has no adapter for the operation: start it where there is one."
        case .keyUnavailable:
            "The key that seals the credential cannot be used: bring the key ring back, or its server, then retry."
        case .evidenceMissing: "A stage that must come first has not passed for this plan: run it first."
        case .hazardsUnresolved: "Some values cannot arrive exactly: resolve them in the manifest, then run preflight."
        case .verificationFailed: "The two sides differ: the run's details say where."
        case .targetNotReady: "The target failed a check: the run's details name it; mend it, then connect again."
        case .targetOccupied: "The target holds rows that are not this cutover's: empty it, or choose another schema."
        case .sourceChanged: "The source changed since it was last read: run preflight again."
        case .sourceUnreadable: "The source cannot be read: the run's details say why."
        case .manifestChanged: "The manifest was changed after this was started: start it again."
        case .targetBusy: "The target is in use by another session: wait for it, then retry."
        case .itemsFailed: "Some items failed: the run's details name them; retry what failed."
        case .deadlineExceeded: "The run took longer than its operation allows: see how far it came, then retry."
        case .workerLost: "The worker that had the run is gone: another takes over by itself."
        case .workersExhausted: "Every worker that took the run died: read the server's log before you retry."
        case .internalFault: "Something failed inside Slipway: the server's log has the request's number."
        }
    }

    /// Where a person reads what to do about it; links only, nothing here acts.
    package var runbookPath: String { "/runbook/\(rawValue)" }
}

/// Every code that a board can show, spelled as the console's contract has it. There is no other: where no row of the
/// table fits, a decision has no code.
package enum DecisionCode: String, CaseIterable, Hashable, Sendable {
    case blockedPendingConnection = "BLOCKED_PENDING_CONNECTION"
    case blockedPendingDryRun = "BLOCKED_PENDING_DRY_RUN"
    case dryRunPassed = "DRY_RUN_PASSED"
    case blockedPendingOwnerEvidence = "BLOCKED_PENDING_OWNER_EVIDENCE"
    case blockedPendingReleaseInputs = "BLOCKED_PENDING_RELEASE_INPUTS"
    case goLocalDemo = "GO_LOCAL_DEMO"
    case blockedPendingRelease = "BLOCKED_PENDING_RELEASE"
    case blockedPendingRollbackDrill = "BLOCKED_PENDING_ROLLBACK_DRILL"
    case rollbackReady = "ROLLBACK_READY"
    case blockedPendingPreflight = "BLOCKED_PENDING_PREFLIGHT"
    case blockedPendingRunbook = "BLOCKED_PENDING_RUNBOOK"
    case runbookReady = "RUNBOOK_READY"
    case blockedPendingDataCutover = "BLOCKED_PENDING_DATA_CUTOVER"
    case cutoverReady = "CUTOVER_READY"
    case blockedPendingInfrastructureOrCredentials = "BLOCKED_PENDING_INFRASTRUCTURE_OR_CREDENTIALS"
    case blockedPendingWiring = "BLOCKED_PENDING_WIRING"
    case wiringReady = "WIRING_READY"
    case blockedPendingProviderAcceptance = "BLOCKED_PENDING_PROVIDER_ACCEPTANCE"
    case readyForGo = "READY_FOR_GO"
    case productionGo = "PRODUCTION_GO"
    case productionTrafficDisabled = "production_traffic_disabled"
    case productionTrafficEnabled = "production_traffic_enabled"
}

/// What a board decides, in the order in which it is shown.
package enum DecisionName: String, CaseIterable, Hashable, Sendable {
    case dryRun = "dry_run"
    case release
    case rollback
    case runbook
    case cutover
    case wiring
    case goNoGo = "go_no_go"
    case traffic
}

/// The table of decisions of the bundled journey.
enum BundledDecisions {
    static let rules = [
        DecisionRule(
            .dryRun, passesWith: "dry.packet", .dryRunPassed,
            rows: [
                DecisionRow(.blockedPendingConnection, unless: ["conn.packet"]),
                DecisionRow(.blockedPendingDryRun, unless: ["dry.packet"]),
            ]),
        DecisionRule(
            .release, passesWith: "release.GO", .goLocalDemo,
            rows: [
                DecisionRow(.blockedPendingDryRun, unless: ["rel.dryrun"]),
                DecisionRow(.blockedPendingOwnerEvidence, unless: ["rel.owners"]),
                DecisionRow(.blockedPendingReleaseInputs, unless: ["rel.env", "rel.target", "rel.rollback"]),
            ]),
        DecisionRule(
            .rollback, passesWith: "rollback.READY", .rollbackReady,
            rows: [
                DecisionRow(.blockedPendingDryRun, unless: ["dry.packet"]),
                DecisionRow(.blockedPendingRelease, unless: ["release.GO"]),
                DecisionRow(
                    .blockedPendingRollbackDrill, unless: ["rb.freeze", "rb.owner", "rb.storage", "rb.packetcheck"]),
            ]),
        DecisionRule(
            .runbook, passesWith: "runbook.READY", .runbookReady,
            rows: [
                DecisionRow(.blockedPendingPreflight, unless: ["preflight.PASS"]),
                DecisionRow(
                    .blockedPendingRunbook,
                    unless: ["run.freeze", "run.schema", "run.claims", "run.replay", "run.checksum", "run.seal"]),
            ]),
        DecisionRule(
            .cutover, passesWith: "cutover.READY", .cutoverReady,
            rows: [
                DecisionRow(
                    .blockedPendingDataCutover,
                    unless: ["cut.freeze", "cut.seed", "cut.replay", "cut.parity", "cut.seal"] + BundledFacts.batches)
            ]),
        DecisionRule(
            .wiring, passesWith: "wiring.READY", .wiringReady,
            rows: [
                DecisionRow(.blockedPendingInfrastructureOrCredentials, unless: ["wir.infra", "wir.credentials"]),
                DecisionRow(
                    .blockedPendingWiring,
                    unless: ["wir.infra"] + BundledFacts.localWiring + ["wir.secrets", "wir.credentials"]),
            ]),
    ]

    static let verdict = VerdictRule(
        over: [.release, .rollback, .runbook, .cutover, .wiring],
        rows: [DecisionRow(.blockedPendingProviderAcceptance, unless: ["acc.gonogo"])],
        ready: "go.ready", signature: "go.signed")
}

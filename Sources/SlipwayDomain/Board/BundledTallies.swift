/// What the bundled board counts.
enum BundledTallies {
    private static let preflight: [CheckID] = [
        "pre.snapshot", "pre.schema", "pre.claims", "pre.replay", "pre.rollback",
    ]
    private static let runbook: [CheckID] = [
        "run.freeze", "run.schema", "run.claims", "run.replay", "run.checksum", "run.seal",
    ]
    private static let release: [CheckID] = ["rel.env", "rel.target", "rel.dryrun", "rel.rollback", "rel.owners"]
    private static let drill: [CheckID] = ["rb.freeze", "rb.owner", "rb.storage", "rb.packetcheck"]
    private static let controls: [CheckID] = ["cut.freeze", "cut.seed", "cut.replay", "cut.parity", "cut.seal"]
    private static let decisions: [CheckID] = [
        "dec.adapter", "dec.environment", "dec.secrets", "dec.schema", "dec.migration", "dec.rollback", "dec.approvals",
    ]
    private static let wiring: [CheckID] =
        ["wir.infra"] + BundledFacts.localWiring + ["wir.secrets", "wir.credentials"]
    private static let acceptance: [CheckID] = BundledFacts.acceptances + ["acc.gonogo"]

    static let gates: [CheckID] = [
        "cop.contracts", "cop.session", "preflight.PASS", "runbook.READY", "conn.packet", "dry.packet", "release.GO",
        "wir.infra", "rollback.READY",
    ]

    static let counters = [
        PlanCounter("preflight", preflight),
        PlanCounter("connection", BundledFacts.connection),
        PlanCounter("dry_run", BundledFacts.dryRun),
        PlanCounter("rehearsals", BundledFacts.rehearsals),
        PlanCounter("runbook", runbook),
        PlanCounter("release", release),
        PlanCounter("rollback", drill),
        PlanCounter("cutover", controls),
        PlanCounter("batches", BundledFacts.batches),
        PlanCounter("decisions", decisions),
        PlanCounter("infra", BundledFacts.infrastructure),
        PlanCounter("wiring", wiring),
        PlanCounter("acceptance", acceptance),
        PlanCounter("gates", gates),
    ]

    static let stages = [
        PlanStage("prepare", ["cop.contracts", "cop.session", "dec.adapter"]),
        PlanStage("connect", BundledFacts.connection),
        // The adapter was chosen in the stage before, and counts there.
        PlanStage(
            "rehearse", BundledFacts.dryRun + BundledFacts.rehearsals + decisions.dropFirst() + release),
        PlanStage("way_back", drill + preflight + runbook),
        PlanStage("move_data", BundledFacts.batches + controls),
        PlanStage("launch", BundledFacts.infrastructure + acceptance + wiring),
    ]
}

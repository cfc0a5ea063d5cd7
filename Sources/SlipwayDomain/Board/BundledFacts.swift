/// What there is to know before the bundled journey may go, and what follows from it.
enum BundledFacts {
    static let providers: [CheckID] = [
        "prov.scenario", "prov.auth", "prov.docint", "prov.ksef", "prov.maps", "prov.offline",
    ]
    static let session: [CheckID] = ["sess.storage", "sess.auth", "sess.tenant", "ovw.contract"]
    static let actors: [CheckID] = ["actor.anna", "actor.marek", "actor.olena", "actor.petro", "actor.lviv"]
    static let acceptances: [CheckID] = ["acc.provider", "acc.auth", "acc.tenant"]
    static let infrastructure: [CheckID] = ["inf.hosting", "inf.region", "inf.runtime", "inf.secrets"]
    static let connection: [CheckID] = ["conn.endpoint", "conn.tls", "conn.rbac", "conn.write"]
    static let dryRun: [CheckID] = ["dry.export", "dry.schema", "dry.claims", "dry.transcript", "dry.checkpoint"]
    static let rehearsals: [CheckID] = [
        "reh.contracts", "reh.roles", "reh.store", "reh.schema", "reh.secrets", "reh.migration",
    ]
    static let batches: [CheckID] = ["batch.tenant", "batch.operations", "batch.finance", "batch.audit"]
    static let localWiring: [CheckID] = ["wir.endpoint", "wir.tenant", "wir.claims", "wir.rls"]

    /// What concerns release, the way back and wiring concerns every journey, and nobody signs that signing does not
    /// apply.
    static let leaves: [PlanLeaf] =
        owed(providers + session + actors, by: BundledOwner.platform)
        + owed(["dec.adapter"] + acceptances + infrastructure, by: BundledOwner.director)
        + owed(connection + dryRun, by: BundledOwner.platform)
        + owed(["reh.contracts", "reh.migration"], by: BundledOwner.director)
        + owed(["reh.roles", "reh.store"], by: BundledOwner.dispatcher)
        + owed(["reh.schema", "reh.secrets"], by: BundledOwner.accountant)
        + owed(["rel.env", "rel.rollback"], by: BundledOwner.platform, mustApply: true)
        + owed(["rb.owner"], by: BundledOwner.director, mustApply: true)
        + owed(["rb.storage"], by: BundledOwner.platform, mustApply: true)
        + owed(["batch.tenant"], by: BundledOwner.platform)
        + owed(["batch.operations"], by: BundledOwner.dispatcher)
        + owed(["batch.finance"], by: BundledOwner.accountant)
        + owed(["batch.audit"], by: BundledOwner.platform)
        + owed(localWiring + ["wir.credentials"], by: BundledOwner.platform, mustApply: true)
        + owed(["go.signed"], by: BundledOwner.director, mustApply: true)

    private static func owed(_ checks: [CheckID], by owner: String, mustApply: Bool = false) -> [PlanLeaf] {
        checks.map { PlanLeaf($0, owner: owner, mustApply: mustApply) }
    }

    static let derived: [PlanCheck] = foundation + release + wayBack + movingData + decisions + launch

    private static let foundation = [
        follows("cop.contracts", from: providers),
        follows("cop.session", from: session),
        follows("conn.packet", from: connection),
        follows("dry.packet", from: dryRun),
        follows("snapshot", from: ["dry.export"]),
    ]

    private static let release = [
        follows("rel.target", from: ["dec.adapter"]),
        follows("rel.dryrun", from: ["dry.packet"]),
        follows("rel.owners", from: rehearsals),
        follows("release.GO", from: ["rel.env", "rel.target", "rel.dryrun", "rel.rollback", "rel.owners"]),
    ]

    private static let wayBack = [
        follows("rb.freeze", from: ["release.GO"]),
        follows("rb.packetcheck", from: ["release.GO", "rb.owner", "rb.storage"]),
        follows("rollback.READY", from: ["rb.freeze", "rb.owner", "rb.storage", "rb.packetcheck"]),
        follows("pre.snapshot", from: ["snapshot"]),
        follows("pre.schema", from: ["dec.adapter", "reh.schema", "dry.schema"]),
        follows("pre.claims", from: actors),
        follows("pre.replay", from: ["dry.packet"]),
        follows("pre.rollback", from: ["release.GO", "rollback.READY"]),
        follows("preflight.PASS", from: ["pre.snapshot", "pre.schema", "pre.claims", "pre.replay", "pre.rollback"]),
        follows("run.freeze", from: ["snapshot"]),
        follows("run.schema", from: ["reh.schema"]),
        follows("run.claims", from: actors),
        follows("run.replay", from: ["conn.packet", "dry.packet"]),
        follows("run.checksum", from: ["preflight.PASS"]),
        follows("run.seal", from: ["release.GO", "rollback.READY"]),
        follows(
            "runbook.READY",
            from: ["run.freeze", "run.schema", "run.claims", "run.replay", "run.checksum", "run.seal"]),
    ]

    private static let movingData = [
        follows("cut.freeze", from: ["snapshot"]),
        follows("cut.seed", from: ["runbook.READY"]),
        follows("cut.replay", from: ["conn.packet", "dry.packet"]),
        follows("cut.parity", from: batches + ["preflight.PASS"]),
        follows("cut.seal", from: ["release.GO", "rollback.READY"]),
        follows("cutover.READY", from: ["cut.freeze", "cut.seed", "cut.replay", "cut.parity", "cut.seal"]),
    ]

    private static let decisions = [
        follows("dec.environment", from: ["reh.contracts", "reh.store"], owner: BundledOwner.dispatcher),
        follows("dec.secrets", from: ["reh.roles", "reh.secrets"], owner: BundledOwner.accountant),
        follows("dec.schema", from: ["reh.schema"], owner: BundledOwner.accountant),
        follows("dec.migration", from: ["reh.migration"], owner: BundledOwner.director),
        follows("dec.rollback", from: ["reh.migration", "reh.store"], owner: BundledOwner.director),
        follows("dec.approvals", from: rehearsals, owner: BundledOwner.director),
    ]

    private static let launch = [
        follows("wir.infra", from: infrastructure),
        follows("wir.secrets", from: ["inf.secrets", "wir.infra"]),
        follows(
            "wiring.READY", from: ["wir.infra"] + localWiring + ["wir.secrets", "wir.credentials"]),
        follows("acc.gonogo", from: acceptances + ["rb.owner"], owner: BundledOwner.director),
        follows(
            "go.ready",
            from: [
                "cop.contracts", "cop.session", "dec.adapter", "dec.environment", "dec.secrets", "dec.schema",
                "dec.migration", "dec.rollback", "dec.approvals", "release.GO", "rollback.READY", "preflight.PASS",
                "runbook.READY", "cutover.READY", "wir.infra", "wiring.READY", "acc.gonogo",
            ], owner: BundledOwner.director),
        follows("production.GO", from: ["go.ready", "go.signed"], owner: BundledOwner.director),
    ]

    private static func follows(
        _ check: CheckID, from inputs: [CheckID], owner: String = BundledOwner.platform
    ) -> PlanCheck {
        PlanCheck(check, owner: owner, standsOn: inputs)
    }
}

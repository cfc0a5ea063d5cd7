/// The work of the bundled journey, in the order that settles what is equally urgent.
enum BundledActions {
    static let all = proofs + rehearsals + wayBack + decisions + launch

    private static let proofs = [
        PlanAction(
            "record_connection", stage: 2, owner: BundledOwner.platform, requires: ["dec.adapter", "cop.session"],
            provides: BundledFacts.connection),
        PlanAction(
            "run_dry_run", stage: 3, owner: BundledOwner.platform, requires: ["conn.packet"],
            provides: BundledFacts.dryRun),
    ]

    private static let rehearsals = [
        acceptance("accept_contracts", BundledOwner.director, of: "reh.contracts", after: ["cop.contracts"]),
        acceptance("accept_roles", BundledOwner.dispatcher, of: "reh.roles", after: BundledFacts.actors),
        acceptance("accept_store", BundledOwner.dispatcher, of: "reh.store", after: ["snapshot"]),
        acceptance("accept_schema", BundledOwner.accountant, of: "reh.schema", after: ["dry.schema"]),
        acceptance("accept_secrets", BundledOwner.accountant, of: "reh.secrets", after: ["acc.auth"]),
        acceptance("accept_migration", BundledOwner.director, of: "reh.migration", after: ["dry.packet"]),
    ]

    private static func acceptance(
        _ id: ActionID, _ owner: String, of leaf: CheckID, after checks: [CheckID]
    ) -> PlanAction {
        PlanAction(id, stage: 4, owner: owner, requires: checks, provides: [leaf])
    }

    private static let wayBack = [
        PlanAction(
            "ack_rollback", stage: 6, owner: BundledOwner.director, requires: ["release.GO"], provides: ["rb.owner"]),
        PlanAction(
            "drill_restore", stage: 6, owner: BundledOwner.platform, requires: ["release.GO", "dry.checkpoint"],
            provides: ["rb.storage"]),
        count("count_operations", BundledOwner.dispatcher, of: "batch.operations"),
        count("count_finance", BundledOwner.accountant, of: "batch.finance"),
        count("count_audit", BundledOwner.platform, of: "batch.audit"),
    ]

    private static func count(_ id: ActionID, _ owner: String, of leaf: CheckID) -> PlanAction {
        PlanAction(id, stage: 9, owner: owner, requires: ["snapshot"], provides: [leaf])
    }

    private static let decisions = [
        directors("decide_hosting", "inf.hosting"),
        directors("decide_region", "inf.region"),
        directors("decide_runtime", "inf.runtime"),
        directors("decide_secrets", "inf.secrets"),
        directors("accept_provider", "acc.provider", after: ["dec.adapter"]),
        directors("accept_auth", "acc.auth"),
        directors("accept_tenant", "acc.tenant"),
    ]

    private static func directors(_ id: ActionID, _ leaf: CheckID, after checks: [CheckID] = []) -> PlanAction {
        PlanAction(id, stage: 1, owner: BundledOwner.director, requires: checks, provides: [leaf])
    }

    private static let launch = [
        PlanAction(
            "wiring_preflight", stage: 10, owner: BundledOwner.platform, requires: ["wir.infra", "conn.packet"],
            provides: BundledFacts.localWiring),
        PlanAction(
            "review_credentials", stage: 10, owner: BundledOwner.platform, persons: 2, requires: ["wir.infra"],
            provides: ["wir.credentials"]),
        PlanAction(
            "sign_go", stage: 11, owner: BundledOwner.director, requires: ["go.ready"], provides: ["go.signed"]),
    ]
}

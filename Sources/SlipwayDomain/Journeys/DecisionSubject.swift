/// What people decide in a journey. The raw value is the id of the check that a decision is about.
package enum DecisionSubject: String, CaseIterable, Sendable {
    case adapter = "dec.adapter"
    case hosting = "inf.hosting"
    case region = "inf.region"
    case runtime = "inf.runtime"
    case secretsBoundary = "inf.secrets"
    case provider = "acc.provider"
    case auth = "acc.auth"
    case tenantBoundary = "acc.tenant"
    case contractsRehearsal = "reh.contracts"
    case rolesRehearsal = "reh.roles"
    case storeRehearsal = "reh.store"
    case schemaRehearsal = "reh.schema"
    case secretsRehearsal = "reh.secrets"
    case migrationRehearsal = "reh.migration"
    case rollbackOwner = "rb.owner"
    case operationsBatch = "batch.operations"
    case financeBatch = "batch.finance"
    case auditBatch = "batch.audit"
    case credentials = "wir.credentials"
    case go = "go.signed"

    package var check: CheckID { CheckID(rawValue: rawValue) }

    /// The four of `ProductionInfrastructureDecision.v1`.
    package static let infrastructure: [DecisionSubject] = [.hosting, .region, .runtime, .secretsBoundary]

    package static let rehearsals: [DecisionSubject] = [
        .contractsRehearsal, .rolesRehearsal, .storeRehearsal, .schemaRehearsal, .secretsRehearsal,
        .migrationRehearsal,
    ]

    /// What has to be said with an acceptance, by name, in order.
    package var fields: [String] {
        switch self {
        case .adapter: ["adapter"]
        case .hosting: ["provider", "account"]
        case .region: ["region", "backup_region"]
        case .runtime: ["on_call", "deploy", "monitoring", "incident"]
        case .secretsBoundary: ["vault", "rpo", "restore_owner"]
        case .provider: ["provider"]
        case .auth: ["issuer"]
        case .migrationRehearsal: ["freeze_window", "rollback_window"]
        case .credentials: ["reference"]
        default: []
        }
    }

    /// Whether somebody may answer for going on without it. The way back, live credentials and the signature itself are
    /// not gone without.
    package var canBeWaived: Bool {
        switch self {
        case .adapter, .rollbackOwner, .credentials, .go: false
        default: true
        }
    }

    /// How many different people have to accept it.
    package var signatures: Int {
        switch self {
        case .credentials, .go: 2
        default: 1
        }
    }

    /// The bundled scenario's people who may be the second of two, besides those who run the platform. Drivers and
    /// clients sign nothing.
    package static let seconds: Set<String> = [ScenarioActor.anna.id, ScenarioActor.marek.id, ScenarioActor.olena.id]
}

package import SlipwayDomain
import SlipwaySQL

/// A run as its row has it.
package struct RunRecord: Sendable, Hashable {
    package let id: ID<OperationRun>
    package let workspace: ID<Workspace>
    package let tenant: ID<Tenant>?
    package let connection: ID<ProviderConnection>?
    package let parent: ID<OperationRun>?
    /// The first run of the line of retries this one stands in; itself when it is no retry.
    package let origin: ID<OperationRun>
    package let type: String
    package let identity: String
    package let machine: RunMachine
    package let worker: ID<Worker>?
    /// How many events the run has; the sequence of the last.
    package let events: Int64
    package let initiator: Initiator
    package let surface: String
    private let contextText: String
    /// The protected scopes it holds while it is active.
    package let scopes: [String]
    package let progress: RunProgress?
    package let counts: JSONValue?
    package let failures: JSONValue?
    /// When it may be taken; nil when it does not wait.
    package let dueAt: Timestamp?
    package let createdAt: Timestamp
    package let startedAt: Timestamp?
    package let completedAt: Timestamp?
    /// When its items and effects were let go; nil while they are there.
    package let prunedAt: Timestamp?

    /// What its request brought, under the contract's names; an empty object when it cannot be read.
    package var context: JSONValue { (try? JSONValue(parsing: Array(contextText.utf8))) ?? [:] }

    package var status: RunStatus { machine.status ?? .queued }

    /// The fields the request brought, as they lie in the context.
    package var target: [String: String] {
        (context["target"]?.objectValue ?? [:]).compactMapValues(\.stringValue)
    }

    package var requestedItems: [String] {
        (context["items"]?.arrayValue ?? []).compactMap(\.stringValue)
    }
}

extension RunRecord {
    static let columns: SQL =
        """
        id, workspace_id, tenant_id, connection_id, parent_id, origin_id, type, identity, status, outcome, reason_code,
        cancel, attempt, losses, max_attempts, fence, worker_id, events, initiator_kind, initiator, surface, context, scopes, progress_done,
        progress_total, summary_counts, failure_summary, due_at, created_at, started_at, completed_at,
        pruned_at
        """

    /// Reads a row of `columns`; throws `misuse` when it holds what no version of Slipway writes.
    init(_ row: Row) throws {
        id = try row.id("id")
        workspace = try row.id("workspace_id")
        tenant = try row.idIfAny("tenant_id")
        connection = try row.idIfAny("connection_id")
        parent = try row.idIfAny("parent_id")
        origin = try row.id("origin_id")
        type = try row.text("type")
        identity = try row.text("identity")
        machine = RunMachine(
            status: try row.state("status"), outcome: try row.state("outcome"),
            reason: try row.stateIfAny("reason_code"), cancel: try row.state("cancel"),
            attempt: Int(try row.integer("attempt")), losses: Int(try row.integer("losses")),
            fence: try row.integer("fence"), maxAttempts: Int(try row.integer("max_attempts")))
        worker = try row.idIfAny("worker_id")
        events = try row.integer("events")
        initiator = Initiator(kind: try row.state("initiator_kind"), name: try row.text("initiator"))
        surface = try row.text("surface")
        contextText = try row.text("context")
        scopes = try row.text("scopes").split(separator: "\n").map(String.init)
        progress = try row.progress()
        counts = try row.jsonIfAny("summary_counts")
        failures = try row.jsonIfAny("failure_summary")
        dueAt = try row.momentIfAny("due_at")
        createdAt = try row.moment("created_at")
        startedAt = try row.momentIfAny("started_at")
        prunedAt = try row.momentIfAny("pruned_at")
        completedAt = try row.momentIfAny("completed_at")
    }
}

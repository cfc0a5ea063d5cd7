package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// Starts a run again for what failed of it: a child run, through the same gate, with the failed items alone.
package struct RunRetry: Sendable {
    private let database: any Database
    private let registry: OperationRegistry
    private let gate: Gate

    package init(_ database: any Database, registry: OperationRegistry, gate: Gate) {
        self.database = database
        self.registry = registry
        self.gate = gate
    }

    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case notOver
        case nothingFailed
        case pruned

        package var description: String {
            switch self {
            case .notOver: "the run is not over yet: wait for it, or cancel it"
            case .pruned: "the run's items were let go since: start the operation anew"
            case .nothingFailed: "nothing of the run failed: there is nothing to retry"
            }
        }
    }

    /// `key` is the caller's name for this retry, so that asking twice retries once; it is asked for once the actor may
    /// start the operation.
    package func callAsFunction(
        _ id: ID<OperationRun>, surface: String, _ context: OperationContext, key: () throws -> String? = { nil }
    ) async throws -> StartAnswer {
        let found = try await database.scoped(to: context.scope).read { transaction -> (RunRecord, [RunItem])? in
            guard let run = try RunReads.run(id, for: context.scope, in: transaction) else {
                return nil
            }
            return (run, try RunReads.items(of: id, in: transaction).map(\.item))
        }
        guard let (run, items) = found else { throw NotFound.run(id.description) }
        guard let operation = registry[run.type] else { throw NotFound.operation(run.type) }
        try context.require(operation.capability, on: run.tenant, orHide: .run(id.description))
        let key = try key()
        guard run.status == .completed else { throw Failure.notOver }
        guard run.machine.outcome != .succeeded else { throw Failure.nothingFailed }
        guard run.prunedAt == nil else { throw Failure.pruned }
        // What was unknown at the end may be done: it is taken up again too, and asked about by its old name first.
        let again = items.filter { $0.status != .succeeded }.map(\.key)
        let request = StartRequest(
            operation: operation, workspace: run.workspace, tenant: run.tenant, connection: run.connection,
            target: run.target, surface: surface, initiator: context.actor, requestedBy: context.origin,
            parent: StartRequest.Parent(run: id, origin: run.origin), items: again)
        return try await gate.start(key.map { request.keyed($0) } ?? request)
    }
}

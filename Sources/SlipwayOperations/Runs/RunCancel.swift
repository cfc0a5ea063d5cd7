package import SlipwayDomain
import SlipwaySQL
package import SlipwayStore

/// Asks for a run to be cancelled. One that no worker had yet is cancelled at once; of others the worker sees it at
/// the next step, clears up what it began, and ends them.
package struct RunCancel: Sendable {
    private let changes: LoggedChanges
    private let cancelled: @Sendable () -> Void

    /// `cancelled` is called after a request is on disk, to wake whoever has the run.
    package init(_ changes: LoggedChanges, cancelled: @escaping @Sendable () -> Void = {}) {
        self.changes = changes
        self.cancelled = cancelled
    }

    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case alreadyOver(RunOutcome)
        /// Another change came first; the caller's copy of the run is old.
        case changedMeanwhile(events: Int64)

        package var description: String {
            switch self {
            case .alreadyOver(let outcome): "the run is over already: \(outcome.rawValue)"
            case .changedMeanwhile: "the run has changed since you read it: read it again"
            }
        }
    }

    /// Returns the run as it then is. Asking twice is the same as asking once. `ifEvents` are the numbers of
    /// events of the copies the caller would act on, when the caller wants to be sure that none is old; it is asked
    /// for once the actor may cancel the run.
    package func callAsFunction(
        _ id: ID<OperationRun>, _ context: OperationContext,
        ifEvents: @Sendable () throws -> Set<Int64>? = { nil }
    ) async throws -> RunRecord {
        let seen = try await changes.database.scoped(to: context.scope).read {
            try RunReads.run(id, for: context.scope, in: $0)
        }
        guard let seen else { throw NotFound.run(id.description) }
        try context.require(.cancelRun, on: seen.tenant, orHide: .run(id.description))
        let ifEvents = try ifEvents()
        for _ in 0..<16 {
            do {
                let run = try await once(id, ifEvents, context)
                cancelled()
                return run
            } catch DatabaseError.conflict {
                continue
            } catch is IllegalTransition {
                continue  // it was over, or cancelled, between two reads of it: what it is now is the answer
            } catch DatabaseError.unique {
                continue  // another process made the same number for its entry: the next one is another
            }
        }
        throw DatabaseError.conflict("run \(id) is being changed by too many at once: try again")
    }

    private func once(
        _ id: ID<OperationRun>, _ ifEvents: Set<Int64>?, _ context: OperationContext
    ) async throws -> RunRecord {
        try await changes(in: RowScope(context.scope)) { change in
            guard let run = try RunReads.run(id, for: context.scope, in: change.transaction) else {
                throw NotFound.run(id.description)
            }
            if let ifEvents, !ifEvents.contains(run.events) { throw Failure.changedMeanwhile(events: run.events) }
            if run.machine.cancel != .none { return run }
            guard run.status != .completed else { throw Failure.alreadyOver(run.machine.outcome) }
            let cancelled = try RunTransitions.apply(
                .cancelRequested, to: id, by: .anyone, at: change.now, in: change.transaction)
            guard let cancelled else { throw NotFound.run(id.description) }
            try change.log(.cancelRun, on: run.tenant, "run \(id)", by: context)
            return cancelled
        }
    }
}

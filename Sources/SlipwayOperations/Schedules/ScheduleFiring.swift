package import Logging
package import SlipwayDomain
package import SlipwaySQL
package import SlipwayStore

/// Starts what a schedule says when its time has come: by any number of servers, once.
package struct ScheduleFiring: Sendable {
    private let database: any Database
    private let start: OperationStart
    private let workspace: ID<Workspace>
    private let logger: Logger

    package init(_ database: any Database, start: OperationStart, workspace: ID<Workspace>, logger: Logger) {
        self.database = database.scoped(to: .all(of: workspace))
        self.start = start
        self.workspace = workspace
        self.logger = logger
    }

    /// Puts the work to the gate under the key of that time. What the gate answers is kept under it, `scope_busy`
    /// included: a schedule does not wait, its next time comes. A time that has an answer is left alone.
    package func fire(_ schedule: Schedule, at due: Timestamp) async throws {
        let subject = OperationStart.Subject(
            operation: schedule.operation, tenant: schedule.tenant, connection: schedule.connection)
        let context = OperationContext(
            actor: schedule.initiator, workspace: workspace, access: .full,
            origin: RequestOrigin(requestID: "schedule", source: "schedule", means: "schedule"), logger: logger)
        do {
            _ = try await start(subject, context) {
                OperationStart.Details(
                    target: schedule.target, surface: "schedule.\(schedule.name)",
                    key: OperationStart.Details.Key(name: due.rfc3339, keepsBusy: true))
            }
        } catch let error as StartKeyReused {
            // Another server answered for this time, from another version of the file.
            logger.warning("\(schedule.initiator): \(error)")
        } catch let error as NotFound {
            try await keep("not_found", schedule, at: due, because: "\(error)")
        } catch let error as OperationStart.Failure {
            try await keep("refused", schedule, at: due, because: "\(error)")
        }
    }

    /// The last time of a schedule that has an answer.
    package func last(of schedule: Schedule) async throws -> KeptStart? {
        let workspace = workspace
        return try await database.read { transaction in
            try StartKeys.last(of: schedule.initiator.description, in: workspace, transaction)
        }
    }

    /// What never came before the gate is kept too: a schedule that names what is gone is not silent.
    private func keep(
        _ decision: String, _ schedule: Schedule, at due: Timestamp, because problem: String
    ) async throws {
        logger.error(
            "a schedule cannot start",
            metadata: ["schedule": "\(schedule.name)", "due": "\(due.rfc3339)", "problem": "\(problem)"])
        let key = StartKey(
            owner: schedule.initiator.description, name: due.rfc3339,
            fingerprint: Digest(sha256Of: problem.utf8), keepsBusy: true)
        let kept = KeptStart(key, in: workspace, decision: decision, run: nil, at: due)
        do {
            try await database.write { try StartKeys.keep([kept], in: $0) }
        } catch DatabaseError.unique {
            // Another server said the same.
        }
    }
}

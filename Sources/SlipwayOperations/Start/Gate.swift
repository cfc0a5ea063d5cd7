package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// The one way work at a provider starts.
///
/// Starts that arrive together are decided in one transaction, in the order they came, and answered after its
/// commit. A start of what is already under way reads one statement and writes nothing.
package struct Gate: Sendable {
    private let database: any Database
    private let starts: GroupCommit<StartRequest, Result<StartAnswer, StartKeyReused>>
    private let round: DecisionRound

    /// `served` are the operations that some worker of this installation has an adapter for.
    package init(
        _ database: any Database, served: Set<String>, clock: any WallClock, ids: IDSource,
        started: @escaping @Sendable () -> Void = {}
    ) {
        let database = database.scoped(to: .system)
        self.database = database
        let round = DecisionRound(served: served)
        self.round = round
        starts = GroupCommit(limit: 256, lanes: database.dialect == .sqlite ? 1 : 3) { requests in
            let answers = try await Self.retryingConflicts {
                let now = clock.now()
                let fresh = await ids.next(requests.count, at: now)
                return try await database.write { try round.decide(requests, ids: fresh, at: now, in: $0) }
            }
            if answers.contains(where: { (try? $0.get())?.isQueued ?? false }) { started() }
            return answers
        }
    }

    /// Decides, and when the decision is accepted or blocked, makes the run. When this returns the decision is on
    /// disk, and N of the same at once have one winner, whom the others name. Throws `StartKeyReused` when the
    /// request's key stands for another start.
    package func start(_ request: StartRequest) async throws -> StartAnswer {
        try await starts.submit(request).get()
    }

    /// What a start would be answered now. Nothing is written.
    package func preflight(_ request: StartRequest) async throws -> StartAnswer {
        let round = round
        return try await database.read { try round.foresee(request, in: $0) }
    }

    /// Another gate on the same database may have been faster: then nothing of ours was written, and what it wrote
    /// is read the next time.
    private static func retryingConflicts<Result>(_ body: () async throws -> Result) async throws -> Result {
        for _ in 0..<16 {
            do {
                return try await body()
            } catch DatabaseError.unique {
                continue
            } catch DatabaseError.conflict {
                continue
            }
        }
        throw DatabaseError.conflict("too many starts want the same at once: try again")
    }
}

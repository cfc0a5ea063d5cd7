package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// Lets go of the details of runs that are long over, of keys nobody asks for again, and of credentials that may not be
/// gone back to any more. What was decided, by whom, and what came of it stays.
package struct RunPruner: Sendable {
    /// How long a caller's key is remembered, in days.
    private static let keyDays = 7
    /// How long a schedule's is: past the rarest a calendar has.
    private static let scheduleDays = 3000

    private let database: any Database
    private let clock: any WallClock

    package init(_ database: any Database, clock: any WallClock) {
        self.database = database.scoped(to: .system)
        self.clock = clock
    }

    /// Prunes what was over more than so many days ago, in transactions of a few hundred lines of runs. Returns how
    /// many lines; a line is a run with its retries.
    package func callAsFunction(keepDays: Int) async throws -> Int {
        let now = clock.now()
        let (cutoff, keys, schedules) = (
            now.before(days: keepDays), now.before(days: Self.keyDays), now.before(days: Self.scheduleDays)
        )
        try await database.write { transaction in
            try StartKeys.forget(callersBefore: keys, schedulesBefore: schedules, in: transaction)
            _ = try CredentialStore.forgetEarlier(at: now, transaction)
        }
        var pruned = 0
        while !Task.isCancelled {
            let count = try await database.write { transaction in
                let due = try RunPruning.due(before: cutoff, limit: 200, in: transaction)
                try RunPruning.prune(due, at: now, in: transaction)
                return due.count
            }
            if count == 0 { break }
            pruned += count
        }
        return pruned
    }
}

extension Timestamp {
    fileprivate func before(days: Int) -> Timestamp {
        Timestamp(microseconds: microseconds - Int64(days) * 86_400_000_000)
    }
}

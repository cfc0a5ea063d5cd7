package import Logging
package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// Takes a gone worker's runs off it, each in a transaction of its own: one that cannot be rescued stops no other.
package struct Rescue: Sendable {
    private let database: any Database
    private let clock: any WallClock
    private let logger: Logger

    package init(_ database: any Database, clock: any WallClock, logger: Logger) {
        self.database = database.scoped(to: .system)
        self.clock = clock
        self.logger = logger
    }

    /// Rescues from every worker of this machine whose process is not there any more.
    package func rescueAll(goneFrom host: HostPresence) async throws {
        for worker in try await database.read({ try WorkerRoll.all(in: $0) }) where host.lives(worker) == false {
            _ = try await rescue(worker.id)
        }
    }

    /// Returns how many runs wait again or are over now. The worker is struck off once it holds none.
    ///
    /// Of the runs it held, those that were suspects already are blamed; were there none, all of them are.
    package func rescue(_ worker: ID<Worker>) async throws -> Int {
        let held = try await database.read { try RunClaims.held(by: worker, in: $0) }
        let anySuspect = held.contains(where: \.isSuspect)
        var rescued = 0
        for (run, isSuspect) in held {
            let event: RunEvent = isSuspect || !anySuspect ? .workerLost : .interrupted
            do {
                let now = clock.now()
                let record = try await database.write { transaction in
                    try RunTransitions.apply(
                        event, to: run, by: .rescue(of: worker), at: now, in: transaction)
                }
                if record != nil { rescued += 1 }
            } catch {
                logger.warning("run \(run) of the lost worker \(worker) could not be rescued yet: \(error)")
            }
        }
        try await database.write { try WorkerRoll.strike(worker, in: $0) }
        return rescued
    }
}

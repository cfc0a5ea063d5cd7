import Logging
import ServiceLifecycle
import SlipwayDomain
import SlipwayOperations
import SlipwayStore

/// Starts what schedules say, as their times come. Each turn reads what the clock and the last answers are.
struct ScheduleService: Service {
    let schedules: [Schedule]
    let firing: ScheduleFiring
    let clock: any WallClock
    let logger: Logger

    func run() async throws {
        guard !schedules.isEmpty else { return await untilShutdown() }
        await cancelWhenGracefulShutdown {
            var seen: [String: Timestamp] = [:]
            while !Task.isCancelled {
                for schedule in schedules {
                    do {
                        seen[schedule.name] = try await turn(schedule, since: seen[schedule.name])
                    } catch {
                        logger.warning("schedule \(schedule.name) could not be looked after: \(error)")
                    }
                }
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// Up to when the schedule has been looked after, once it has.
    private func turn(_ schedule: Schedule, since seen: Timestamp?) async throws -> Timestamp {
        let now = clock.now()
        let since: Timestamp
        if let seen {
            since = seen
        } else {
            // The first turn of this process: what came while no server was there.
            let last = schedule.missed == .once ? try await firing.last(of: schedule)?.at : nil
            since = last ?? now
        }
        guard let due = schedule.due(after: since, upTo: now) else { return max(since, now) }
        if due.passedOver > 0 {
            logger.notice("schedule \(schedule.name): \(due.passedOver) missed times are passed over")
        }
        try await firing.fire(schedule, at: due.at)
        return max(due.at, now)
    }

    private func untilShutdown() async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
        }
    }
}

import Logging
import ServiceLifecycle
import SlipwayOperations

/// Lets go of old runs' details, once an hour.
struct PruningService: Service {
    let pruner: RunPruner
    let keepDays: Int
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let pruned = try await pruner(keepDays: keepDays)
                    if pruned > 0 { logger.notice("pruned the details of \(pruned) runs older than \(keepDays) days") }
                } catch {
                    logger.warning("old runs could not be pruned: \(error)")
                }
                try? await Task.sleep(for: .seconds(3600))
            }
        }
    }
}

import Logging
import ServiceLifecycle
import SlipwayOperations

/// Moves bootstraps on as their runs end. It carries nothing: each turn reads what is open and does what is due.
struct BootstrapService: Service {
    let bootstrap: Bootstrap
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await bootstrap.advanceAll()
                } catch {
                    logger.warning("bootstraps could not be moved on: \(error)")
                }
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}

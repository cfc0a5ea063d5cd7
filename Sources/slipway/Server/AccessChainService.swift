import Logging
import ServiceLifecycle
import SlipwayOperations

/// Gives entries of the access log their places in the chain, every second.
struct AccessChainService: Service {
    let chain: AccessChain
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await chain.advance()
                } catch {
                    logger.warning("the access log could not be chained: \(error)")
                }
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}

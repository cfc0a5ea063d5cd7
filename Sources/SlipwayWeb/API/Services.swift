package import SlipwayDomain
package import SlipwayOperations

/// The use cases the server offers.
package struct Services: Sendable {
    package let registry: OperationRegistry
    package let start: OperationStart
    package let runs: RunQueries
    package let cancel: RunCancel
    package let retry: RunRetry
    /// Waits a moment for something to have happened, and returns early when something has.
    package let pause: @Sendable () async -> Void

    package init(
        registry: OperationRegistry, start: OperationStart, runs: RunQueries, cancel: RunCancel, retry: RunRetry,
        pause: @escaping @Sendable () async -> Void
    ) {
        self.registry = registry
        self.start = start
        self.runs = runs
        self.cancel = cancel
        self.retry = retry
        self.pause = pause
    }
}

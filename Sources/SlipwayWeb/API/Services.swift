package import SlipwayDomain
package import SlipwayOperations

/// The use cases the server offers.
package struct Services: Sendable {
    package let registry: OperationRegistry
    package let start: OperationStart
    package let runs: RunQueries
    package let cancel: RunCancel
    package let retry: RunRetry
    package let bootstrap: Bootstrap
    package let onboarding: OnboardingQueries
    package let restores: Restores
    package let scenario: ScenarioFace
    package let journeys: Journeys
    package let evidence: EvidenceQueries
    package let refusals: Refusals
    package let authenticator: any Authenticator
    /// Where people sign in; nil in a mode that has no sign-in.
    package let desk: SignInDesk?
    package let clock: any WallClock
    /// Waits a moment between two looks at a run.
    package let pause: @Sendable () async -> Void
    /// Whether the server is about to stop: whoever listens is let go, and comes back by himself.
    package let isStopping: @Sendable () -> Bool

    package init(
        registry: OperationRegistry, start: OperationStart, runs: RunQueries, cancel: RunCancel, retry: RunRetry,
        bootstrap: Bootstrap, onboarding: OnboardingQueries, restores: Restores, scenario: ScenarioFace,
        journeys: Journeys, evidence: EvidenceQueries, refusals: Refusals,
        authenticator: any Authenticator, desk: SignInDesk? = nil, clock: any WallClock,
        pause: @escaping @Sendable () async -> Void, isStopping: @escaping @Sendable () -> Bool = { false }
    ) {
        self.registry = registry
        self.start = start
        self.runs = runs
        self.cancel = cancel
        self.retry = retry
        self.bootstrap = bootstrap
        self.onboarding = onboarding
        self.restores = restores
        self.scenario = scenario
        self.journeys = journeys
        self.evidence = evidence
        self.refusals = refusals
        self.authenticator = authenticator
        self.desk = desk
        self.clock = clock
        self.pause = pause
        self.isStopping = isStopping
    }
}

extension Services {
    /// The tenant of the session that the path names.
    func sessionTenant(_ exchange: Exchange) async throws -> ID<Tenant> {
        try await onboarding.tenant(ofSession: try exchange.id("session") { .session($0) }, exchange.context)
    }
}

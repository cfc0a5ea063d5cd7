package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// Finds what onboarding is about, for whoever may see it.
package struct OnboardingQueries: Sendable {
    private let database: any Database

    package init(_ database: any Database) {
        self.database = database
    }

    package func tenant(
        ofSession session: ID<OnboardingSession>, _ context: OperationContext
    ) async throws -> ID<Tenant> {
        let tenant = try await database.scoped(to: context.scope).read {
            try OnboardingStore.tenant(ofSession: session, in: context.scope, $0)
        }
        guard let tenant else { throw NotFound.session(session.description) }
        return tenant
    }
}

package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// Finds what onboarding and restores are about, for whoever may see it.
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

    /// Throws `NotFound` unless there is such a restore and it is that tenant's.
    package func checkRestore(_ restore: Int64, isOf tenant: String, _ context: OperationContext) async throws {
        let isThere = try await database.scoped(to: context.scope).read { transaction in
            let owner = try OnboardingStore.tenant(ofRestore: restore, in: context.scope, transaction)
            let named = try TenantReads.tenant(named: tenant, in: context.scope, transaction)
            return owner != nil && owner == named?.id
        }
        guard isThere else { throw NotFound.restoreRun(String(restore)) }
    }
}

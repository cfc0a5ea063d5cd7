package import SlipwayDomain
package import SlipwaySQL
package import SlipwayStore

/// Shows the access log to whoever may read it.
package struct AccessQueries: Sendable {
    private let database: any Database

    package init(_ database: any Database) {
        self.database = database
    }

    /// Newest first, as far as the actor is entitled: what belongs to no tenant is for those who see all of them.
    package func newest(
        refusedOnly: Bool = false, before: ID<AccessEntry>? = nil, limit: Int, _ context: OperationContext
    ) async throws -> [AccessEntryRecord] {
        try context.requireSomewhere(.readAudit, orHide: .workspace)
        return try await database.scoped(to: context.scope).read {
            try AccessLog.newest(context.scope, refusedOnly: refusedOnly, before: before, limit: limit, $0)
        }
    }
}

package import SlipwayDomain
package import SlipwaySQL

/// A bootstrap as its rows have it.
package struct BootstrapRecord: Sendable {
    package let session: ID<OnboardingSession>
    package let tenant: ID<Tenant>
    package let connection: ID<ProviderConnection>
    package let initiator: String
    package let surface: String
    package let steps: [BootstrapStep]
}

/// What is read and written of onboarding sessions and their bootstraps.
package enum OnboardingStore {
    /// The tenant a session is for; nil when the scope has no such session.
    package static func tenant(
        ofSession session: ID<OnboardingSession>, in scope: AccessScope, _ transaction: any Transaction
    ) throws -> ID<Tenant>? {
        try transaction.query(
            "SELECT tenant_id FROM onboarding_sessions WHERE id = \(session) AND \(sql: .visible(to: scope))"
        ).first?.id("tenant_id")
    }

    /// Writes the steps of a bootstrap in the place of an earlier one's, which must be over.
    package static func replaceBootstrap(
        of session: ID<OnboardingSession>, with steps: [BootstrapStep], connection: ID<ProviderConnection>,
        initiator: String, surface: String, _ transaction: any Transaction
    ) throws {
        try transaction.execute("DELETE FROM bootstrap_steps WHERE session_id = \(session)")
        for (position, step) in steps.enumerated() {
            try transaction.execute(
                """
                INSERT INTO bootstrap_steps (session_id, position, operation, connection_id, initiator, surface, state,
                    run_id, reason_code)
                VALUES (\(session), \(position), \(step.operation), \(connection), \(initiator), \(surface),
                    \(step.state.rawValue), \(step.run), \(step.reason?.rawValue))
                """)
        }
    }

    /// Moves one step on, if it is still where the caller saw it.
    package static func move(
        _ session: ID<OnboardingSession>, _ position: Int, from state: BootstrapState, to step: BootstrapStep,
        _ transaction: any Transaction
    ) throws {
        try transaction.execute(
            """
            UPDATE bootstrap_steps SET state = \(step.state.rawValue), run_id = \(step.run),
                reason_code = \(step.reason?.rawValue)
            WHERE session_id = \(session) AND position = \(position) AND state = \(state.rawValue)
            """)
    }

    package static func bootstrap(
        of session: ID<OnboardingSession>, _ transaction: any Transaction
    ) throws -> BootstrapRecord? {
        let rows = try transaction.query(
            """
            SELECT s.tenant_id, b.operation, b.connection_id, b.initiator, b.surface, b.state, b.run_id, b.reason_code
            FROM bootstrap_steps b JOIN onboarding_sessions s ON s.id = b.session_id
            WHERE b.session_id = \(session) ORDER BY b.position
            """)
        guard let first = rows.first else { return nil }
        return BootstrapRecord(
            session: session, tenant: try first.id("tenant_id"), connection: try first.id("connection_id"),
            initiator: try first.text("initiator"), surface: try first.text("surface"),
            steps: try rows.map { row in
                BootstrapStep(
                    operation: try row.text("operation"), state: try row.state("state"),
                    run: try row.idIfAny("run_id"), reason: try row.stateIfAny("reason_code"))
            })
    }

    /// The sessions with a step that is not over.
    package static func openBootstraps(_ transaction: any Transaction) throws -> [ID<OnboardingSession>] {
        try transaction.query(
            "SELECT DISTINCT session_id FROM bootstrap_steps WHERE state = 'waiting' OR state = 'started'"
        ).map { row in try row.id("session_id") }
    }
}

extension SessionReading {
    /// The Scenario Store's own word.
    package init(_ session: ScenarioSession) {
        self.init(
            storage: session.storage.rawValue, auth: session.authMode ?? "", tenantMode: session.tenantMode.rawValue,
            contract: ScenarioSession.contract, session: ScenarioGenerator.sessionName, lastWrite: session.lastWrite,
            rows: session.rows,
            actors: session.actors.map { Actor(id: $0.id, role: $0.role, permissions: $0.permissions) })
    }
}

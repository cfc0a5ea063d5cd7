package import SlipwayDomain
package import SlipwayStore

/// What of a journey is read elsewhere than in Slipway's own tables.
package struct JourneySources: Sendable {
    let contracts: [ProviderContract]
    let session: @Sendable () async -> SessionReading?
    let manifest: @Sendable (_ file: String) -> Digest?

    /// `session` is nil when the application's storage does not answer, and `manifest` when a file is not there.
    package init(
        contracts: [ProviderContract], session: @escaping @Sendable () async -> SessionReading?,
        manifest: @escaping @Sendable (_ file: String) -> Digest?
    ) {
        self.contracts = contracts
        self.session = session
        self.manifest = manifest
    }
}

extension JourneySources {
    /// With the session as a Scenario Store has it; `authMode` is that in which people are known to the application.
    package init(
        contracts: [ProviderContract], store: ScenarioStore, authMode: String,
        manifest: @escaping @Sendable (_ file: String) -> Digest?
    ) {
        self.init(
            contracts: contracts,
            session: { try? await SessionReading(store.session(of: .demo, authMode: authMode)) }, manifest: manifest)
    }
}

extension OperationDefinition {
    /// The operations that come with Slipway and are of no provider in the catalogue.
    package static let own = cutover + [adoptLegacy]

    /// Moves the credentials that tenants carried themselves into connections. One at a time; what failed is for a person
    /// to look at.
    package static let adoptLegacy = OperationDefinition(
        type: "connection.adopt_legacy", verb: "Adopt old credentials", provider: "slipway", module: "connections",
        capability: .manageConnections, needsConnection: false,
        protectedScopes: [ScopeTemplate("workspace:{workspace}/adopt_legacy")],
        retry: RetryPolicy(attempts: 1, firstPauseMilliseconds: 0, longestPauseMilliseconds: 0))
}

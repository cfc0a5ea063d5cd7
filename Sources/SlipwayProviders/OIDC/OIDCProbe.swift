package import SlipwayDomain

/// Checks connections to an OpenID provider by client credentials.
package struct OIDCProbes: ConnectionProbes {
    private let calls: any ProviderCalls

    package init(calls: any ProviderCalls) {
        self.calls = calls
    }

    package func probe(of access: ConnectionAccess) throws(AdapterFailure) -> any ConnectionProbe {
        guard let issuer = access.endpoints["issuer"] else {
            throw .terminal(.connectionMissing, detail: "the connection has no issuer")
        }
        return OIDCProbe(calls: calls, access: access, issuer: issuer)
    }
}

/// The steps at an OpenID provider.
struct OIDCProbe: ConnectionProbe {
    let calls: any ProviderCalls
    let access: ConnectionAccess
    let issuer: String
    var findings = ConnectionFindings(health: .healthy)
    /// What discovery told, once it was read.
    private var provider: OIDCProvider?
    /// What a token was given for, once one was.
    private var granted: [String]?

    init(calls: any ProviderCalls, access: ConnectionAccess, issuer: String) {
        self.calls = calls
        self.access = access
        self.issuer = issuer
    }

    mutating func take(
        _ step: ProbeStep, isLast: Bool, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        switch step {
        case .reach:
            let request = ProviderRequest(.get, "\(issuer)/.well-known/openid-configuration")
            let response = try await calls.read(request, for: access, with: permit)
            findings.certificate = response.certificate
            let provider = try OIDCProvider(response, issuer: issuer)
            self.provider = provider
            return ItemResult(facts: ["token_endpoint": .string(provider.tokenEndpoint)])
        case .tls: return tls(issuer)
        case .authenticate:
            guard let provider else { throw .terminal(.internalFault, detail: "no discovery") }
            let request = try provider.tokenRequest(access)
            let response = try await calls.read(request, for: access, with: permit)
            granted = try OIDCTokenAnswer(response, requested: access.scopesRequested).scopes
            return ItemResult()
        case .permission: return permission(granted ?? [])
        case .write:
            return ItemResult(.skipped, facts: ["detail": "OpenID Connect has no write that leaves nothing behind"])
        }
    }

    private mutating func permission(_ granted: [String]) -> ItemResult {
        let consent = Consent(granted: granted, requested: access.scopesRequested)
        findings.scopesGranted = consent.granted
        findings.consent = .granted
        guard let reason = consent.reason else { return ItemResult(facts: consent.facts) }
        findings.health = .degraded
        findings.reason = reason
        findings.message = "missing: \(consent.missing.joined(separator: ", "))"
        return ItemResult(.failed, reason: reason, facts: consent.facts)
    }
}

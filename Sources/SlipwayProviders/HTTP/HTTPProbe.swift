package import SlipwayDomain

/// Checks connections to a service that has an address for its health, and an API key or a name with a password.
package struct HTTPProbes: ConnectionProbes {
    private let calls: any ProviderCalls

    package init(calls: any ProviderCalls) {
        self.calls = calls
    }

    package func probe(of access: ConnectionAccess) throws(AdapterFailure) -> any ConnectionProbe {
        guard let health = access.endpoints["health"] else {
            throw .terminal(.connectionMissing, detail: "the connection has no health address")
        }
        return HTTPProbe(calls: calls, access: access, health: health)
    }
}

/// The steps at such a service. What its credential may do, it does not tell.
struct HTTPProbe: ConnectionProbe {
    let calls: any ProviderCalls
    let access: ConnectionAccess
    let health: String
    var findings = ConnectionFindings(health: .healthy)

    init(calls: any ProviderCalls, access: ConnectionAccess, health: String) {
        self.calls = calls
        self.access = access
        self.health = health
    }

    mutating func take(
        _ step: ProbeStep, isLast: Bool, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        switch step {
        case .reach:
            let response = try await calls.read(ProviderRequest(.get, health), for: access, with: permit)
            findings.certificate = response.certificate
            // Any answer is one, as long as the service is not out of order.
            if let failure = UpstreamAnswer.failure(of: response, to: .get), case .transient = failure { throw failure }
            return ItemResult(facts: ["status": .integer(Int64(response.status))])
        case .tls: return tls(health)
        case .authenticate:
            let request = ProviderRequest(.get, health, authorization: try authorization())
            let response = try await calls.read(request, for: access, with: permit)
            let detail = "the health address answered \(response.status)"
            if let failure = UpstreamAnswer.failure(of: response, to: .get, detail: detail) { throw failure }
            // Whoever gave the credential agreed: there is nobody else to ask.
            findings.consent = .granted
            return ItemResult(facts: ["status": .integer(Int64(response.status))])
        case .permission:
            return ItemResult(.skipped, facts: ["detail": "the service does not tell what its credential may do"])
        case .write:
            return ItemResult(.skipped, facts: ["detail": "the service has no write that leaves nothing behind"])
        }
    }

    private func authorization() throws(AdapterFailure) -> SecretBytes {
        switch access.credential {
        case .apiKey(let key): return SecretBytes(key.reveal { Array("Bearer ".utf8) + Array($0) })
        case .basic(let name, let password):
            let pair = password.reveal { Array("\(name):".utf8) + Array($0) }
            return SecretBytes("Basic \(Base64.text(pair))")
        case .clientSecret, .certificate:
            throw .terminal(.credentialInvalid, detail: "the service takes an API key or a name with a password")
        }
    }
}

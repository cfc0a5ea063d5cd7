/// How a connection was when it was last checked.
package enum HealthStatus: String, CaseIterable, Sendable {
    case unknown
    case healthy
    /// It answers, and something the operations need is missing.
    case degraded
    case unhealthy
}

/// Whether an administrator of the provider's tenant has agreed.
package enum ConsentStatus: String, CaseIterable, Sendable {
    case unknown
    case granted
    case missing
}

/// One step of a check, in the order they are taken: a step is tried only when those before it passed.
package enum ProbeStep: String, CaseIterable, Sendable {
    /// A connection to the provider's address.
    case reach
    /// A handshake, and the certificate's fingerprint; passed over where there is no TLS.
    case tls
    case authenticate
    /// What was granted against what is requested.
    case permission
    /// A write that leaves nothing behind.
    case write
}

/// What a check found. Nothing in it is secret, and upstream text in it is redacted and cut.
package struct ConnectionFindings: Sendable {
    package var health: HealthStatus
    package var consent: ConsentStatus
    /// Nil when the check did not come so far.
    package var scopesGranted: [String]?
    /// Why it is not healthy.
    package var reason: ReasonCode?
    package var message: String?
    /// SHA-256 of the certificate the provider showed, in hex.
    package var certificate: Digest?

    package init(
        health: HealthStatus, consent: ConsentStatus = .unknown, scopesGranted: [String]? = nil,
        reason: ReasonCode? = nil, message: String? = nil, certificate: Digest? = nil
    ) {
        self.health = health
        self.consent = consent
        self.scopesGranted = scopesGranted
        self.reason = reason
        self.message = message
        self.certificate = certificate
    }
}

/// Where an adapter leaves what it found of a connection.
package protocol ConnectionRecords: Sendable {
    func found(
        _ findings: ConnectionFindings, of connection: ID<ProviderConnection>, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure)
}

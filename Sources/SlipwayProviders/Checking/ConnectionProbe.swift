package import SlipwayDomain

/// Takes the steps of a check at one provider, one after the other; what they find adds up.
package protocol ConnectionProbe: Sendable {
    /// Healthy until a step says otherwise; worth keeping when the last step is taken, or one has failed.
    var findings: ConnectionFindings { get set }

    /// Returns `skipped` with a detail for a step that does not apply, and `failed` for one whose facts are worth
    /// keeping; throws for all else that went wrong. `isLast` is whether the check is for this step's sake: only then
    /// is asked for what could be spared.
    mutating func take(
        _ step: ProbeStep, isLast: Bool, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult
}

/// Begins checks at one kind of provider.
package protocol ConnectionProbes: Sendable {
    /// Throws `terminal` for a connection that lacks an address.
    func probe(of access: ConnectionAccess) throws(AdapterFailure) -> any ConnectionProbe
}

extension ConnectionProbe {
    /// The step `tls`, for providers that are reached by requests: the handshake was made with the first of them.
    func tls(_ address: String) -> ItemResult {
        guard address.hasPrefix("https:") else {
            return ItemResult(.skipped, facts: ["detail": "no TLS: the provider stands in on this machine"])
        }
        let print = findings.certificate.map { JSONValue.string($0.hex) } ?? .null
        return ItemResult(facts: ["certificate_sha256": print])
    }
}

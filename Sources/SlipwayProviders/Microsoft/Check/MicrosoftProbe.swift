package import SlipwayDomain

/// Checks connections to Microsoft.
package struct MicrosoftProbes: ConnectionProbes {
    let tools: MicrosoftTools

    package init(_ tools: MicrosoftTools) {
        self.tools = tools
    }

    package func probe(of access: ConnectionAccess) throws(AdapterFailure) -> any ConnectionProbe {
        MicrosoftProbe(session: try GraphSession(access, tools: tools))
    }
}

/// The steps at Microsoft: consent is read by the assignments it made.
struct MicrosoftProbe: ConnectionProbe {
    let session: GraphSession
    var findings = ConnectionFindings(health: .healthy)

    init(session: GraphSession) {
        self.session = session
    }

    mutating func take(
        _ step: ProbeStep, isLast: Bool, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        switch step {
        case .reach: return try await reach(with: permit)
        case .tls: return tls(session.root)
        case .authenticate:
            if isLast { try await session.renewToken(with: permit) }
            return try await directory(with: permit)
        case .permission: return try await permission(with: permit)
        case .write:
            let detail = "Graph has no write that leaves nothing behind; what may be written shows in the permissions"
            return ItemResult(.skipped, facts: ["detail": .string(detail)])
        }
    }

    /// Any answer is one, as long as the service is not out of order.
    private mutating func reach(with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> ItemResult {
        let directory = Form.encoded(session.access.directory)
        let addresses = [
            "\(session.authority)/\(directory)/v2.0/.well-known/openid-configuration", "\(session.root)/organization",
        ]
        for address in addresses {
            let response = try await session.open(address, with: permit)
            if case .transient? = UpstreamAnswer.failure(of: response, to: .get) {
                throw UpstreamAnswer.failure(of: response, to: .get) ?? .transient(.providerUnavailable)
            }
            if let certificate = response.certificate { findings.certificate = certificate }
        }
        return ItemResult(facts: ["addresses": .array(addresses.map { .string($0) })])
    }

    /// That the token is for the directory the connection is for. Where it may not be asked, the token endpoint's
    /// address has said it.
    private mutating func directory(with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> ItemResult {
        let expected = session.access.directory
        do throws(AdapterFailure) {
            let rows = try await session.rows(at: "organization?$select=id,displayName", with: permit)
            guard rows.contains(where: { $0.id.lowercased() == expected.lowercased() }) else {
                throw AdapterFailure.terminal(.targetMismatch, detail: "the token is for another directory")
            }
            return ItemResult(facts: ["directory": .string(expected)])
        } catch {
            guard case .terminal(.permissionMissing, _) = error else { throw error }
            return ItemResult(facts: ["directory": .string(expected), "detail": "the directory's name may not be read"])
        }
    }

    private mutating func permission(with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> ItemResult {
        let consent = try await ConsentRead(session: session).consent(with: permit)
        findings.scopesGranted = consent.granted
        findings.consent = consent.granted.isEmpty ? .missing : .granted
        guard let reason = consent.reason else { return ItemResult(facts: consent.facts) }
        findings.health = reason == .consentMissing ? .unhealthy : .degraded
        findings.reason = reason
        findings.message =
            reason == .consentMissing ? reason.sentence : "missing: \(consent.missing.joined(separator: ", "))"
        return ItemResult(.failed, reason: reason, facts: consent.facts)
    }
}

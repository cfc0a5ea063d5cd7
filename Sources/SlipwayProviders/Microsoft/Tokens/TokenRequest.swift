import SlipwayDomain

/// Asks the identity platform for a token by client credentials.
struct TokenRequest: Sendable {
    let access: ConnectionAccess
    let authority: String
    let graph: String

    private var endpoint: String { "\(authority)/\(Form.encoded(access.directory))/oauth2/v2.0/token" }

    func send(
        by calls: any ProviderCalls, at now: Timestamp, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> TokenAnswer {
        let fields =
            [("grant_type", "client_credentials"), ("scope", "\(graph)/.default")]
            + (try await proof(at: now))
        let body = ProviderRequest.Body(type: "application/x-www-form-urlencoded", SecretBytes(Form.text(fields)))
        // Asking for a token changes nothing.
        let response = try await calls.read(ProviderRequest(.post, endpoint, body: body), for: access, with: permit)
        return try TokenAnswer(response)
    }

    private func proof(at now: Timestamp) async throws(AdapterFailure) -> [(name: String, value: String)] {
        switch access.credential {
        case .clientSecret(let client, let secret, let directory):
            guard directory == nil || directory == access.directory else { throw .terminal(.targetMismatch) }
            return [("client_id", client), ("client_secret", secret.revealedText())]
        case .certificate(let client, let certificate, let key):
            let assertion = ClientAssertion(clientID: client, audience: endpoint, now: now)
            let signed = try await assertion.signed(certificate: certificate, privateKey: key)
            return [
                ("client_id", client),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ("client_assertion", signed.revealedText()),
            ]
        case .apiKey, .basic:
            throw .terminal(.credentialInvalid, detail: "Microsoft takes a client secret or a certificate")
        }
    }
}

import SlipwayDomain

/// The identity platform's endpoints of a tenant: discovery, and tokens by client credentials.
extension MicrosoftLab {
    func discovery(_ request: LabRequest, tenant name: String) -> LabAnswer {
        guard let tenant = tenant(name) else { return refuse(.unknownTenant(name)) }
        let login = "\(request.base)/\(self.name)/\(tenant.id)"
        return LabAnswer(
            200,
            [
                "issuer": .string("\(login)/v2.0"), "token_endpoint": .string("\(login)/oauth2/v2.0/token"),
                "authorization_endpoint": .string("\(login)/oauth2/v2.0/authorize"),
                "jwks_uri": .string("\(login)/discovery/v2.0/keys"),
                "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
                "response_types_supported": ["code"], "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
            ])
    }

    func token(_ request: LabRequest, tenant name: String) async -> LabAnswer {
        guard let tenant = tenant(name) else { return refuse(.unknownTenant(name)) }
        let form = request.form ?? [:]
        guard form["grant_type"] == "client_credentials" else {
            return refuse(.unsupportedGrant(form["grant_type"] ?? ""))
        }
        let client = form["client_id"] ?? ""
        guard client == application.clientID else { return refuse(.unknownApplication(client, tenant.displayName)) }
        let scope = form["scope"] ?? ""
        guard scope.hasSuffix("/.default") else { return refuse(.invalidScope(scope)) }
        let path = request.path.joined(separator: "/")
        let endpoints = ["\(request.base)/\(path)", Self.login + path.dropFirst(self.name.count)]
        if let error = await proofError(form, endpoints) { return refuse(error) }
        return LabAnswer(
            200,
            [
                "token_type": "Bearer", "expires_in": .integer(Self.tokenSeconds),
                "ext_expires_in": .integer(Self.tokenSeconds), "access_token": .string(issueToken(for: tenant.id)),
            ], headers: [("Cache-Control", "no-store, no-cache"), ("x-ms-request-id", requestID())])
    }

    /// Where the real identity platform is.
    private static let login = "https://login.microsoftonline.com"

    /// What is wrong with how the application proves itself; nil when nothing is.
    private func proofError(_ form: [String: String], _ endpoints: [String]) async -> TokenError? {
        if let assertion = form["client_assertion"] {
            guard form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" else {
                return .badAssertion("The assertion's type is not known.")
            }
            let check = AssertionCheck(application: application, audiences: endpoints, now: clock.now())
            do {
                try await check.check(assertion)
                return nil
            } catch {
                return .badAssertion(error.reason)
            }
        }
        guard let secret = form["client_secret"].map({ SecretBytes($0) }) else { return .noCredential }
        if secret.matches(application.expiredSecret) { return .expiredSecret(application.clientID) }
        return secret.matches(application.secret) ? nil : .invalidSecret
    }

    private func refuse(_ error: TokenError) -> LabAnswer { error.answer(requestID: requestID(), at: clock.now()) }
}

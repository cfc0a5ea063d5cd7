import SlipwayDomain

/// An OpenID provider as its discovery document tells it.
struct OIDCProvider: Sendable {
    let tokenEndpoint: String
    /// Whether the client's secret may go in the body; else it goes in the header, which every provider has to take.
    private let takesSecretInBody: Bool

    /// Throws `terminal` when the document is another issuer's: byte for byte, as the specification wants it.
    init(_ response: ProviderResponse, issuer: String) throws(AdapterFailure) {
        let detail = "discovery answered \(response.status)"
        if let failure = UpstreamAnswer.failure(of: response, to: .get, detail: detail) { throw failure }
        guard let document = try? JSONValue(parsing: response.body),
            let endpoint = document["token_endpoint"]?.stringValue
        else { throw .transient(.providerUnavailable) }
        guard let name = document["issuer"]?.stringValue, name.utf8.elementsEqual(issuer.utf8) else {
            throw .terminal(.targetMismatch, detail: "discovery is another issuer's")
        }
        tokenEndpoint = endpoint
        let methods = document["token_endpoint_auth_methods_supported"]?.arrayValue ?? ["client_secret_basic"]
        takesSecretInBody = methods.contains("client_secret_post") && !methods.contains("client_secret_basic")
    }

    func tokenRequest(_ access: ConnectionAccess) throws(AdapterFailure) -> ProviderRequest {
        guard case .clientSecret(let client, let secret, _) = access.credential else {
            throw .terminal(.credentialInvalid, detail: "the check takes a client secret")
        }
        var fields = [("grant_type", "client_credentials")]
        if !access.scopesRequested.isEmpty {
            fields.append(("scope", access.scopesRequested.joined(separator: " ")))
        }
        var authorization: SecretBytes?
        if takesSecretInBody {
            fields += [("client_id", client), ("client_secret", secret.revealedText())]
        } else {
            let pair = "\(Form.encoded(client)):\(Form.encoded(secret.revealedText()))"
            authorization = SecretBytes("Basic \(Base64.text(Array(pair.utf8)))")
        }
        let body = ProviderRequest.Body(type: "application/x-www-form-urlencoded", SecretBytes(Form.text(fields)))
        return ProviderRequest(.post, tokenEndpoint, authorization: authorization, body: body)
    }
}

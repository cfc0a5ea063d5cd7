import SlipwayDomain

/// What a token endpoint answered (RFC 6749, section 5). The token itself is not kept: it was asked for to see whether
/// it is given.
struct OIDCTokenAnswer: Sendable {
    /// What it was given for; what was asked for when the answer does not say, as the RFC has it.
    let scopes: [String]

    init(_ response: ProviderResponse, requested: [String]) throws(AdapterFailure) {
        let body = try? JSONValue(parsing: response.body)
        guard response.status == 200 else { throw Self.refusal(response, body?["error"]?.stringValue) }
        guard let token = body?["access_token"]?.stringValue, !token.isEmpty else {
            throw .transient(.providerUnavailable)
        }
        scopes = body?["scope"]?.stringValue.map { $0.split(separator: " ").map(String.init) } ?? requested
    }

    private static func refusal(_ response: ProviderResponse, _ error: String?) -> AdapterFailure {
        switch error {
        case "invalid_client"?: return .terminal(.credentialInvalid, detail: "invalid_client")
        case "unauthorized_client"?: return .terminal(.consentMissing, detail: "unauthorized_client")
        case "invalid_scope"?: return .terminal(.permissionMissing, detail: "invalid_scope")
        default:
            let detail = "the token endpoint answered \(response.status)"
            let failure = UpstreamAnswer.failure(of: response, to: .post, effect: .repeatable, detail: detail)
            return failure ?? .transient(.providerUnavailable)
        }
    }
}

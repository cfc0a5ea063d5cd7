import SlipwayDomain

/// What the identity platform answered to a request for a token.
struct TokenAnswer: Sendable {
    let token: SecretBytes
    /// How long it is good.
    let seconds: Int64

    /// Throws for an answer that is no token: what it says decides whether trying again can help. Asking for a token
    /// changes nothing, so nothing is left unknown.
    init(_ response: ProviderResponse) throws(AdapterFailure) {
        let body = try? JSONValue(parsing: response.body)
        guard response.status == 200 else { throw Self.refusal(response, body) }
        guard let token = body?["access_token"]?.stringValue, !token.isEmpty,
            let seconds = body?["expires_in"]?.integerValue, (1...86_400 * 7).contains(seconds)
        else { throw .transient(.providerUnavailable) }
        self.token = SecretBytes(token)
        self.seconds = seconds
    }

    private static func refusal(_ response: ProviderResponse, _ body: JSONValue?) -> AdapterFailure {
        let codes = body?["error_codes"]?.arrayValue?.compactMap(\.integerValue) ?? []
        for code in codes {
            if let reason = reason(code) { return .terminal(reason, detail: "AADSTS\(code)") }
        }
        let detail = codes.first.map { "AADSTS\($0)" } ?? "the token endpoint answered \(response.status)"
        let failure = UpstreamAnswer.failure(of: response, to: .post, effect: .repeatable, detail: detail)
        guard case .terminal? = failure else { return failure ?? .transient(.providerUnavailable) }
        return .terminal(.credentialInvalid, detail: detail)
    }

    /// What the codes mean that say it clearly.
    private static func reason(_ code: Int64) -> ReasonCode? {
        switch code {
        // Wrong secret, expired secret, bad assertion, assertion out of its time, none at all.
        case 7_000_215, 7_000_222, 700_027, 700_024, 7_000_218: .credentialInvalid
        // The application is not in that directory, or nobody there agreed to it.
        case 700_016, 65_001: .consentMissing
        // There is no such directory.
        case 90_002, 900_023: .targetMismatch
        default: nil
        }
    }
}

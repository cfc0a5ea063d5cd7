package import SlipwayDomain

/// Stands in for any service that has an address for its health: `/http/health`.
package final class HTTPLab: LabProvider {
    package let name = "http"
    private let apiKey: SecretBytes
    private let user: String
    private let password: SecretBytes

    package init(apiKey: SecretBytes, user: String, password: SecretBytes) {
        self.apiKey = apiKey
        self.user = user
        self.password = password
    }

    package func summary(at base: String) -> [String] {
        [
            "a service with its health at \(base)/\(name)/health",
            "api key \(apiKey.revealedText()), or \(user) with the password \(password.revealedText())",
        ]
    }

    package func answer(to request: LabRequest, at path: [String]) async -> LabAnswer {
        guard path == ["health"], request.method == "GET" else { return .nothingHere }
        guard isKnown(request) else { return answer(to: request, faultWith: 401) }
        return LabAnswer(200, ["status": "ok"])
    }

    package func answer(to request: LabRequest, faultWith status: Int) -> LabAnswer {
        LabAnswer(status, ["status": "refused"])
    }

    private func isKnown(_ request: LabRequest) -> Bool {
        if let key = request.bearer { return SecretBytes(key).matches(apiKey) }
        let pair = password.reveal { Array("\(user):".utf8) + Array($0) }
        return SecretBytes(request.headers["authorization"] ?? "").matches(SecretBytes("Basic \(Base64.text(pair))"))
    }
}

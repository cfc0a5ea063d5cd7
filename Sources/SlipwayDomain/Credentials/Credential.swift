/// What a provider connection proves itself with.
package enum CredentialKind: String, CaseIterable, Sendable {
    case clientSecret = "client_secret"
    case certificate
    case apiKey = "api_key"
    case basic
}

/// An opened credential. It lives for one call and is never written down.
package enum Credential: Sendable {
    /// `directory` is the provider's tenant that the client belongs to, when the credential says so.
    case clientSecret(clientID: String, secret: SecretBytes, directory: String? = nil)
    /// Certificate and key as PEM; the client proves itself with a signed assertion (RFC 7523).
    case certificate(clientID: String, certificate: String, privateKey: SecretBytes)
    case apiKey(SecretBytes)
    case basic(name: String, password: SecretBytes)

    package var kind: CredentialKind {
        switch self {
        case .clientSecret: .clientSecret
        case .certificate: .certificate
        case .apiKey: .apiKey
        case .basic: .basic
        }
    }

    /// What no log, error or page may show.
    package var secret: SecretBytes {
        switch self {
        case .clientSecret(_, let secret, _): secret
        case .certificate(_, _, let privateKey): privateKey
        case .apiKey(let key): key
        case .basic(_, let password): password
        }
    }
}

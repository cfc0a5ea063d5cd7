/// What Slipway is told about the provider and about itself as its client. A value that exists has been checked.
package struct OIDCSettings: Sendable {
    package let issuer: String
    package let clientID: String
    /// Nil for a public client, which proves itself by PKCE alone.
    package let clientSecret: Secret?
    /// Where the provider sends the browser back to: exactly this, and registered there.
    package let redirectURI: String
    /// What an access token must be made out for, so that it opens this API.
    package let apiAudience: String
    package let algorithms: Set<SignatureAlgorithm>
    package let scopes: [String]
    /// How many seconds ago a person may have given the password, or what stands for it; nil for any time.
    package let maximumAuthenticationAge: Int64?
    package let mapping: ClaimMapping
    /// What programs on people's own machines sign in with.
    package let programs: ProgramSettings

    package init(
        issuer: String, clientID: String, clientSecret: Secret?, redirectURI: String, apiAudience: String,
        algorithms: Set<SignatureAlgorithm> = Set(SignatureAlgorithm.allCases), scopes: [String] = ["openid"],
        maximumAuthenticationAge: Int64? = nil, mapping: ClaimMapping,
        cliClientID: String? = nil, cliScopes: [String]? = nil
    ) throws(OIDCSettingsError) {
        guard ProviderURL.isAcceptable(issuer), !issuer.contains("?") else { throw .issuer }
        guard ProviderURL.isAcceptable(redirectURI) else { throw .redirectURI }
        guard !clientID.isEmpty else { throw .empty("the client's id") }
        guard !apiAudience.isEmpty else { throw .empty("the API's audience") }
        guard !algorithms.isEmpty else { throw .empty("the list of algorithms") }
        guard scopes.contains("openid") else { throw .scopes }
        guard scopes.allSatisfy(ProgramSettings.isScope) else { throw .scopes }
        guard clientSecret == nil || cliClientID != clientID else { throw .cliClient }
        guard (maximumAuthenticationAge ?? 0) >= 0 else { throw .maximumAuthenticationAge }
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.redirectURI = redirectURI
        self.apiAudience = apiAudience
        self.algorithms = algorithms
        self.scopes = scopes
        self.maximumAuthenticationAge = maximumAuthenticationAge
        self.mapping = mapping
        programs = try ProgramSettings(
            issuer: issuer, clientID: cliClientID, scopes: cliScopes ?? scopes, audience: apiAudience)
    }
}

/// Settings that cannot be obeyed.
package enum OIDCSettingsError: Error, Hashable, CustomStringConvertible {
    case issuer
    case redirectURI
    case empty(String)
    case scopes
    case maximumAuthenticationAge
    case cliClient
    case programScopes

    package var description: String {
        switch self {
        case .issuer:
            "the issuer must be an https URL without user, query and fragment; http is for this machine alone"
        case .redirectURI:
            "the redirect URI must be an https URL without user and fragment; http is for this machine alone"
        case .empty(let name): "\(name) is empty"
        case .scopes: "the scopes must be single words, and openid must be one of them"
        case .maximumAuthenticationAge: "the greatest age of an authentication is a number of seconds, 0 or more"
        case .cliClient: "the client of command lines is a public one, and cannot be the client that has a secret"
        case .programScopes: "the scopes of command lines must be single words"
        }
    }
}

/// The provider answers, and what it answers is not a provider that can be trusted or worked with. Somebody has to
/// change the settings or the provider.
package enum ProviderRefusal: Error, Hashable, CustomStringConvertible {
    case status(ProviderDocument, Int)
    case redirected(ProviderDocument)
    case answerTooLarge(ProviderDocument)
    case malformed(ProviderDocument)
    /// The document is another issuer's.
    case issuerMismatch
    case missing(String)
    case insecureEndpoint(String)
    case noPKCE
    case noCodeFlow
    case noClientAuthentication
    case noKeys

    package var description: String {
        switch self {
        case .status(let document, let status): "\(document) of the provider answered \(status)"
        case .redirected(let document): "\(document) of the provider is somewhere else: redirects are not followed"
        case .answerTooLarge(let document): "\(document) of the provider is larger than \(HTTPFetch.sizeLimit) bytes"
        case .malformed(let document): "\(document) of the provider is not the JSON object it must be"
        case .issuerMismatch: "the discovery document names another issuer than the settings"
        case .missing(let name): "the discovery document has no \(name)"
        case .insecureEndpoint(let name): "\(name) in the discovery document is no https URL"
        case .noPKCE: "the provider offers PKCE without S256"
        case .noCodeFlow: "the provider does not offer the authorization code flow"
        case .noClientAuthentication: "the provider takes a client's secret neither in a header nor in a form"
        case .noKeys: "the provider has no key that can sign here"
        }
    }
}

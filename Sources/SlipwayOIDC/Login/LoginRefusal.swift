/// Why a login, or its continuation, came to nothing. What the provider said of it is kept to a single word.
package enum LoginRefusal: Error, Hashable, CustomStringConvertible {
    case malformedCallback
    case attemptExpired
    case wrongState
    /// The answer is another provider's, or does not say whose it is (RFC 9207).
    case wrongIssuer
    case refusedByProvider(ProviderWord)
    case codeMissing
    /// The token endpoint did not take the code, the refresh token or the client.
    case refusedByTokenEndpoint(ProviderWord)
    case malformedTokenAnswer
    case idTokenMissing
    /// The provider spoke of somebody else than the token.
    case otherPerson
    /// The device authorization endpoint did not take the client, or what it asked for.
    case refusedByDeviceEndpoint(ProviderWord)
    case malformedDeviceAnswer
    /// Nobody approved in the time that the provider gives.
    case deviceCodeExpired
    case accessTokenMissing

    package var description: String {
        switch self {
        case .malformedCallback: "the browser came back with an address that cannot be read"
        case .attemptExpired: "the login was begun more than ten minutes ago"
        case .wrongState: "the browser came back from a login that was not begun here"
        case .wrongIssuer: "the browser came back from another provider"
        case .refusedByProvider(let word): "the provider refused the login: \(word)"
        case .codeMissing: "the browser came back without a code"
        case .refusedByTokenEndpoint(let word): "the token endpoint refused: \(word)"
        case .malformedTokenAnswer: "the token endpoint's answer cannot be read"
        case .idTokenMissing: "the token endpoint sent no ID token"
        case .otherPerson: "the userinfo endpoint spoke of somebody else than the ID token"
        case .refusedByDeviceEndpoint(let word): "the device authorization endpoint refused: \(word)"
        case .malformedDeviceAnswer: "the device authorization endpoint's answer cannot be read"
        case .deviceCodeExpired: "nobody approved the sign-in in time"
        case .accessTokenMissing: "the token endpoint sent no access token"
        }
    }
}

/// An error code of OAuth, such as `access_denied`. Whatever else stands there becomes `unknown`: it is shown to people,
/// and anyone can make up an address.
package struct ProviderWord: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ text: String?) {
        let isWord = { (text: String) in
            (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { $0 == 0x5F || (0x61...0x7A).contains($0) }
        }
        description = text.flatMap { isWord($0) ? $0 : nil } ?? "unknown"
    }
}

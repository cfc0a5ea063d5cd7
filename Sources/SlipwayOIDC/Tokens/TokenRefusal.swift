/// Why a token is not believed. None of it holds anything of the token.
package enum TokenRefusal: Error, Hashable, Sendable {
    case tooLong
    case notThreeParts
    case notBase64URL(TokenPart)
    case headerMalformed
    case criticalExtension
    case unencodedPayload
    case keyInHeader
    case algorithmNotAllowed
    case algorithmNotOfKey
    case wrongType
    case keyIDMissing
    case unknownKey
    case ambiguousKey
    case badSignature
    case claimsMalformed
    case claimMissing(TokenClaim)
    case claimMalformed(TokenClaim)
    case wrongIssuer
    case wrongAudience
    case untrustedAudience
    case wrongAuthorizedParty
    case expired
    case notYetValid
    case issuedInFuture
    case issuedTooLongAgo
    case wrongNonce
    case wrongTokenHash
    case authenticatedTooLongAgo
    case authenticatedInFuture
    case accessTokenAsIDToken
    case idTokenAsAccessToken
    case logoutToken
    case otherPerson
}

/// The parts between the dots.
package enum TokenPart: String, Hashable, Sendable {
    case header
    case payload
    case signature
}

/// The claims that decide; all others are for the mapping.
package enum TokenClaim: String, Hashable, Sendable {
    case issuer = "iss"
    case audience = "aud"
    case authorizedParty = "azp"
    case subject = "sub"
    case expiry = "exp"
    case notBefore = "nbf"
    case issuedAt = "iat"
    case nonce
    case tokenHash = "at_hash"
    case authenticatedAt = "auth_time"
    case type = "typ"
}

extension TokenRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLong: "the token is longer than \(CompactToken.sizeLimit) bytes"
        case .notThreeParts: "the token has not three parts"
        case .notBase64URL(let part): "the token's \(part.rawValue) is not base64url as it is written without padding"
        case .headerMalformed: "the token's header is not the JSON object it must be"
        case .criticalExtension: "the token's header asks for extensions"
        case .unencodedPayload: "the token's payload is not to be encoded, its header says"
        case .keyInHeader: "the token's header brings a key, or says where one is"
        case .algorithmNotAllowed: "the token is signed in a way that is not allowed here"
        case .algorithmNotOfKey: "the token is signed in a way that its key cannot sign"
        case .wrongType: "the token is of another type"
        case .keyIDMissing: "the token does not say which of several keys signed it"
        case .unknownKey: "the token is signed with a key that the issuer does not have"
        case .ambiguousKey: "the issuer has several keys of the name in the token"
        case .badSignature: "the token's signature does not fit"
        case .claimsMalformed: "the token's payload is not one JSON object"
        case .claimMissing(let claim): "the token has no \(claim.rawValue)"
        case .claimMalformed(let claim): "the token's \(claim.rawValue) is not what such a claim can be"
        default: meaning
        }
    }

    private var meaning: String {
        switch self {
        case .wrongIssuer: "the token is from another issuer"
        case .wrongAudience: "the token is made out for somebody else"
        case .untrustedAudience: "the token is made out for others as well"
        case .wrongAuthorizedParty: "the token was given to another client"
        case .expired: "the token has expired"
        case .notYetValid: "the token is not valid yet"
        case .issuedInFuture: "the token was issued in the future"
        case .issuedTooLongAgo: "the token was issued more than a day ago"
        case .wrongNonce: "the token answers another login"
        case .wrongTokenHash: "the token belongs to another access token"
        case .authenticatedTooLongAgo: "the person has to authenticate again"
        case .authenticatedInFuture: "the person authenticated in the future"
        case .accessTokenAsIDToken: "an access token says nothing about who logged in"
        case .idTokenAsAccessToken: "an ID token opens no API"
        case .logoutToken: "a logout token lets nobody in"
        case .otherPerson: "the token is about another person than before"
        default: "the token is refused"
        }
    }
}

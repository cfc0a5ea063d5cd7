import Crypto
import SlipwayDomain

/// Each claim against the settings and the time. A check that returns has found nothing wrong.
struct ClaimChecks {
    /// How far the clocks of two machines may be apart.
    static let skewSeconds: Int64 = 60
    static let oldestSeconds: Int64 = 86_400

    let claims: Claims
    let settings: OIDCSettings
    let now: Timestamp

    func issuer() throws(TokenRefusal) {
        guard try claims.requiredText(.issuer).isExactly(settings.issuer) else { throw .wrongIssuer }
    }

    /// Made out for this client; for others as well only when it was given to this client.
    func clientAudience() throws(TokenRefusal) {
        let audiences = try claims.audiences()
        guard audiences.contains(where: { $0.isExactly(settings.clientID) }) else { throw .wrongAudience }
        let party = try claims.text(.authorizedParty)
        guard party?.isExactly(settings.clientID) ?? true else { throw .wrongAuthorizedParty }
        guard party != nil || audiences.allSatisfy({ $0.isExactly(settings.clientID) }) else {
            throw .untrustedAudience
        }
    }

    func apiAudience() throws(TokenRefusal) {
        let audiences = try claims.audiences()
        guard audiences.contains(where: { $0.isExactly(settings.apiAudience) }) else { throw .wrongAudience }
    }

    /// Answers when it expires.
    func times() throws(TokenRefusal) -> Timestamp {
        let expiry = try claims.requiredMoment(.expiry)
        guard now < expiry.advanced(seconds: Self.skewSeconds) else { throw .expired }
        let latest = now.advanced(seconds: Self.skewSeconds)
        if let start = try claims.moment(.notBefore), start > latest { throw .notYetValid }
        if let issued = try claims.moment(.issuedAt), issued > latest { throw .issuedInFuture }
        return expiry
    }

    func recentlyIssued() throws(TokenRefusal) {
        let issued = try claims.requiredMoment(.issuedAt)
        let oldest = now.advanced(seconds: -(Self.oldestSeconds + Self.skewSeconds))
        guard issued >= oldest else { throw .issuedTooLongAgo }
    }

    func subject() throws(TokenRefusal) -> String {
        let subject = try claims.requiredText(.subject)
        guard (1...255).contains(subject.unicodeScalars.count), !subject.unicodeScalars.contains(where: isUnseen) else {
            throw .claimMalformed(.subject)
        }
        return subject
    }

    func nonce(_ expected: Secret) throws(TokenRefusal) {
        guard expected.matches(try claims.requiredText(.nonce)) else { throw .wrongNonce }
    }

    /// A token that names the hash of an access token came with that one (OpenID Connect Core, 3.1.3.6).
    func accessTokenHash(_ accessToken: Secret?, by algorithm: SignatureAlgorithm) throws(TokenRefusal) {
        guard let hash = try claims.text(.tokenHash) else { return }
        guard let bytes = accessToken.map({ Array($0.revealed().utf8) }) else { throw .wrongTokenHash }
        let half =
            switch algorithm {
            case .rs256, .ps256, .es256: Array(SHA256.hash(data: bytes).prefix(16))
            case .edDSA: Array(SHA512.hash(data: bytes).prefix(32))
            }
        guard Secret(Base64URL.text(half)).matches(hash) else { throw .wrongTokenHash }
    }

    func authenticationAge() throws(TokenRefusal) {
        let authenticated = try claims.moment(.authenticatedAt)
        if let authenticated, authenticated > now.advanced(seconds: Self.skewSeconds) { throw .authenticatedInFuture }
        guard let greatest = settings.maximumAuthenticationAge else { return }
        guard let authenticated else { throw .claimMissing(.authenticatedAt) }
        let latest = authenticated.advanced(seconds: greatest + Self.skewSeconds)
        guard now <= latest else { throw .authenticatedTooLongAgo }
    }

    private func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

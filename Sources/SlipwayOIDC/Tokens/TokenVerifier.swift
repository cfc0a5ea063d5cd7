import SlipwayDomain

/// Decides whether a token is what it says. Every way in throws a `TokenRefusal` when it is not, and
/// `ProviderUnavailable` or `ProviderRefusal` when the issuer's keys cannot be had.
struct TokenVerifier: Sendable {
    let settings: OIDCSettings
    let keys: KeySet
    let clock: any WallClock

    /// An ID token that answers the login with this nonce. `accessToken` is the one that came with it.
    func idToken(_ text: String, nonce: Secret, accessToken: Secret?) async throws -> VerifiedToken {
        let (checks, algorithm) = try await signed(text) { kind throws(TokenRefusal) in try kind.checkIsIDToken() }
        let (subject, expiry) = try personOfIDToken(checks)
        try checks.nonce(nonce)
        try checks.accessTokenHash(accessToken, by: algorithm)
        try checks.authenticationAge()
        return verified(checks, subject, expiry)
    }

    /// An ID token that came with a refresh. It answers no login, so that it has no nonce, and the authentication may be
    /// long ago; instead it must be about the same person.
    func refreshedIDToken(_ text: String, subject known: String, accessToken: Secret?) async throws -> VerifiedToken {
        let (checks, algorithm) = try await signed(text) { kind throws(TokenRefusal) in try kind.checkIsIDToken() }
        let (subject, expiry) = try personOfIDToken(checks)
        guard subject.isExactly(known) else { throw TokenRefusal.otherPerson }
        try checks.accessTokenHash(accessToken, by: algorithm)
        return verified(checks, subject, expiry)
    }

    /// A token that opens the API.
    func accessToken(_ text: String) async throws -> VerifiedToken {
        let (checks, _) = try await signed(text) { kind throws(TokenRefusal) in try kind.checkIsAccessToken() }
        try checks.issuer()
        try checks.apiAudience()
        let expiry = try checks.times()
        return verified(checks, try checks.subject(), expiry)
    }

    /// The allow-list first, then the key, then the signature: nothing of the payload is read before that.
    private func signed(
        _ text: String, _ checkKind: (TokenKind) throws(TokenRefusal) -> Void
    ) async throws -> (ClaimChecks, SignatureAlgorithm) {
        let token = try CompactToken(text)
        guard let algorithm = SignatureAlgorithm(rawValue: token.header.algorithm),
            settings.algorithms.contains(algorithm)
        else { throw TokenRefusal.algorithmNotAllowed }
        let key = try await keys.key(named: token.header.keyID, for: algorithm)
        guard await key.accepts(token.signature, of: token.signedBytes, by: algorithm) else {
            throw TokenRefusal.badSignature
        }
        let claims = try Claims(parsing: token.payload)
        try checkKind(TokenKind(header: token.header, claims: claims, settings: settings))
        return (ClaimChecks(claims: claims, settings: settings, now: clock.now()), algorithm)
    }

    private func personOfIDToken(_ checks: ClaimChecks) throws(TokenRefusal) -> (subject: String, expiry: Timestamp) {
        try checks.issuer()
        try checks.clientAudience()
        let expiry = try checks.times()
        try checks.recentlyIssued()
        return (try checks.subject(), expiry)
    }

    private func verified(_ checks: ClaimChecks, _ subject: String, _ expiry: Timestamp) -> VerifiedToken {
        VerifiedToken(issuer: settings.issuer, subject: subject, claims: checks.claims.value, expiresAt: expiry)
    }
}

package import SlipwayDomain

/// A login that succeeded: who it is, and the tokens to keep for them.
package struct LoginResult: Sendable {
    package let token: VerifiedToken
    /// For the provider's logout, which asks for it.
    package let idToken: Secret
    package let accessToken: Secret?
    package let refreshToken: Secret?
    /// As the provider says; nil when it does not.
    package let accessExpiresAt: Timestamp?
}

/// A session that goes on: what replaces what was kept.
package struct RefreshResult: Sendable {
    /// Nil when the provider sent no new ID token; then what the last one said still holds.
    package let token: VerifiedToken?
    package let idToken: Secret?
    package let accessToken: Secret?
    /// The new one, or the one that was used when the provider did not exchange it.
    package let refreshToken: Secret
    package let accessExpiresAt: Timestamp?
}

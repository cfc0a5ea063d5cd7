package import SlipwayDomain

/// A token whose signature and claims were checked. Issuer and subject together are who it is about; nothing else in it
/// is, neither the name nor the e-mail address.
package struct VerifiedToken: Sendable, Hashable {
    package let issuer: String
    package let subject: String
    package let claims: JSONValue
    package let expiresAt: Timestamp

    package init(issuer: String, subject: String, claims: JSONValue, expiresAt: Timestamp) {
        self.issuer = issuer
        self.subject = subject
        self.claims = claims
        self.expiresAt = expiresAt
    }
}

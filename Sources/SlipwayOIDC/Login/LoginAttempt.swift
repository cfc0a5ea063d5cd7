import Crypto
package import SlipwayDomain

/// A login that was begun: what has to be kept, bound to the browser and out of anybody else's sight, until the browser
/// comes back. It is good for one return, within ten minutes.
package struct LoginAttempt: Sendable {
    package static let lifeSeconds: Int64 = 600

    package let state: Secret
    package let nonce: Secret
    /// The PKCE verifier (RFC 7636): the provider knows its hash only.
    package let verifier: Secret
    /// Where the browser is sent.
    package let authorizationURL: String
    package let createdAt: Timestamp

    package init(state: Secret, nonce: Secret, verifier: Secret, authorizationURL: String, createdAt: Timestamp) {
        self.state = state
        self.nonce = nonce
        self.verifier = verifier
        self.authorizationURL = authorizationURL
        self.createdAt = createdAt
    }

    /// Three fresh secrets of 256 bits, and the address that carries what may be seen of them.
    init(_ settings: OIDCSettings, _ discovery: Discovery, at now: Timestamp) {
        let (state, nonce, verifier) = (Secret.fresh(), Secret.fresh(), Secret.fresh())
        let challenge = Base64URL.text(Array(SHA256.hash(data: Array(verifier.revealed().utf8))))
        var fields = [
            ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", settings.redirectURI),
            ("scope", settings.scopes.joined(separator: " ")), ("state", state.revealed()),
            ("nonce", nonce.revealed()), ("code_challenge", challenge), ("code_challenge_method", "S256"),
        ]
        if let age = settings.maximumAuthenticationAge { fields.append(("max_age", String(age))) }
        let url = Form.address(discovery.authorizationEndpoint, adding: fields)
        self.init(state: state, nonce: nonce, verifier: verifier, authorizationURL: url, createdAt: now)
    }

    /// The machine it ends on may be a little behind the one it began on.
    func isAlive(at now: Timestamp) -> Bool {
        now.isWithin(
            seconds: Self.lifeSeconds + ClaimChecks.skewSeconds,
            of: createdAt.advanced(seconds: -ClaimChecks.skewSeconds))
    }
}

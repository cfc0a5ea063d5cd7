import Crypto
import SlipwayDomain
import SlipwayTesting

@testable import SlipwayOIDC

/// Makes tokens, good ones and any other. The time is 2030-01-01T00:00:00Z.
struct Forge: Sendable {
    static let issuer = "https://id.example.test/realms/yard"
    static let client = "slipway-console"
    static let audience = "https://slipway.example.test/api"
    static let nonce = "n-0S6_WzA2Mj"
    static let accessToken = "SlAV32hkKG.opaque"
    static let now: Int64 = 1_893_456_000

    static let idClaims: [String: JSONValue] = [
        "iss": .string(issuer), "aud": .string(client), "sub": "ann", "nonce": .string(nonce),
        "iat": .integer(now - 5), "exp": .integer(now + 300), "groups": ["yard-managers"],
    ]

    static let accessClaims: [String: JSONValue] = [
        "iss": .string(issuer), "aud": [.string(audience), "account"], "sub": "ann", "scope": "openid",
        "iat": .integer(now - 5), "exp": .integer(now + 300), "azp": "some-app",
    ]

    static func header(_ algorithm: SignatureAlgorithm = .rs256, _ keyID: String = "rsa") -> [String: JSONValue] {
        ["alg": .string(algorithm.rawValue), "kid": .string(keyID), "typ": "JWT"]
    }

    static func settings(
        apiAudience: String = audience, algorithms: Set<SignatureAlgorithm> = Set(SignatureAlgorithm.allCases),
        clientSecret: Secret? = Secret("s3cret:&"), maximumAuthenticationAge: Int64? = nil
    ) throws -> OIDCSettings {
        try OIDCSettings(
            issuer: issuer, clientID: client, clientSecret: clientSecret,
            redirectURI: "https://slipway.example.test/login/callback", apiAudience: apiAudience,
            algorithms: algorithms, maximumAuthenticationAge: maximumAuthenticationAge,
            mapping: ClaimMapping(
                rolesClaim: "groups", roles: [.init(value: "yard-managers", name: "dispatcher")],
                tenantsClaim: "tenants"))
    }

    /// All of the issuer's keys, each under its own name.
    static func keys() throws -> [JSONValue] {
        [
            try TestKey.issuerRSA.get().jwk("rsa"), try TestKey.issuerP256.jwk("p256"),
            try TestKey.issuerEd25519.jwk("ed"), try TestKey.foreignRSA.get().jwk("pss", adding: ["alg": "PS256"]),
        ]
    }

    static func token(
        _ claims: [String: JSONValue] = idClaims, header: [String: JSONValue] = header(),
        key: TestKey? = nil, by algorithm: SignatureAlgorithm = .rs256
    ) throws -> String {
        try raw(header: JSONValue.object(header).canonicalBytes, payload: payload(claims), key: key, by: algorithm)
    }

    /// Of these bytes, whatever they are.
    static func raw(
        header: [UInt8]? = nil, payload: [UInt8]? = nil, key: TestKey? = nil,
        by algorithm: SignatureAlgorithm = .rs256
    ) throws -> String {
        let header = try header ?? JSONValue.object(self.header()).canonicalBytes
        let body = try Base64URL.text(header) + "." + Base64URL.text(payload ?? self.payload(idClaims))
        let signature = try (key ?? TestKey.issuerRSA.get()).signature(of: Array(body.utf8), by: algorithm)
        return body + "." + Base64URL.text(signature)
    }

    /// Signed with a shared secret.
    static func token(hmac secret: [UInt8], header: [String: JSONValue]) throws -> String {
        let body = try Base64URL.text(JSONValue.object(header).canonicalBytes) + "." + Base64URL.text(payload(idClaims))
        let code = HMAC<SHA256>.authenticationCode(for: Array(body.utf8), using: SymmetricKey(data: secret))
        return body + "." + Base64URL.text(Array(code))
    }

    static func payload(_ claims: [String: JSONValue]) throws -> [UInt8] {
        try JSONValue.object(claims).canonicalBytes
    }

    /// A good token's part exchanged for another text.
    static func token(replacing part: Int, _ change: (String) -> String) throws -> String {
        var parts = try token().split(separator: ".").map(String.init)
        parts[part] = change(parts[part])
        return parts.joined(separator: ".")
    }
}

import SlipwayDomain

@testable import SlipwayOIDC

extension BadToken {
    /// From somebody else, for somebody else, or about nobody.
    static let people: [BadToken] = [
        .id("the issuer with a slash behind it", .wrongIssuer, ["iss": .string(Forge.issuer + "/")]),
        .id("the issuer in another case", .wrongIssuer, ["iss": "https://ID.example.test/realms/yard"]),
        .id("the issuer over http", .wrongIssuer, ["iss": "http://id.example.test/realms/yard"]),
        .id("the issuer with a space in front", .wrongIssuer, ["iss": .string(" " + Forge.issuer)]),
        .id("no issuer", .claimMissing(.issuer), ["iss": nil]),
        .id("a list of issuers", .claimMalformed(.issuer), ["iss": [.string(Forge.issuer)]]),
        .id("another audience", .wrongAudience, ["aud": "other-client"]),
        .id("the audience in another case", .wrongAudience, ["aud": "Slipway-Console"]),
        .id("the audience as a part of a name", .wrongAudience, ["aud": .string(Forge.client + "-2")]),
        .id("no audience", .claimMissing(.audience), ["aud": nil]),
        .id("an empty list of audiences", .wrongAudience, ["aud": []]),
        .id("an audience that is a number", .claimMalformed(.audience), ["aud": 7]),
        .id("audiences with a number among them", .claimMalformed(.audience), ["aud": [.string(Forge.client), 7]]),
        .id("one audience more", .untrustedAudience, ["aud": [.string(Forge.client), "evil"]]),
        .id("given to another client", .wrongAuthorizedParty, ["azp": "evil"]),
        .id(
            "one audience more, and given to it", .wrongAuthorizedParty,
            ["aud": [.string(Forge.client), "evil"], "azp": "evil"]),
        .id("an azp that is a list", .claimMalformed(.authorizedParty), ["azp": [.string(Forge.client)]]),
        .id("no subject", .claimMissing(.subject), ["sub": nil]),
        .id("an empty subject", .claimMalformed(.subject), ["sub": ""]),
        .id("a subject that is a number", .claimMalformed(.subject), ["sub": 42]),
        .id("a subject with NUL", .claimMalformed(.subject), ["sub": "ann\0bob"]),
        .id("a subject with a line feed", .claimMalformed(.subject), ["sub": "ann\n"]),
        .id("a subject with DEL", .claimMalformed(.subject), ["sub": "ann\u{7F}"]),
        .id("a subject that turns the writing round", .claimMalformed(.subject), ["sub": "ann\u{202E}bob"]),
        .id(
            "a subject of 256 characters", .claimMalformed(.subject),
            ["sub": .string(String(repeating: "a", count: 256))]),
        BadToken("the subject twice", .claimsMalformed) {
            let claims = String(decoding: try Forge.payload(Forge.idClaims), as: UTF8.self)
            return try Forge.raw(payload: Array((#"{"sub":"bob","# + claims.dropFirst()).utf8))
        },
        BadToken("a payload that is a list", .claimsMalformed) { try Forge.raw(payload: Array("[]".utf8)) },
        BadToken("a payload that is no UTF-8", .claimsMalformed) {
            try Forge.raw(payload: Array(#"{"sub":""#.utf8) + [0xFF] + Array(#""}"#.utf8))
        },
        BadToken("an empty payload", .claimsMalformed) { try Forge.raw(payload: []) },
    ]

    static let times: [BadToken] = [
        .id("expired for a minute", .expired, ["exp": .integer(Forge.now - 60)]),
        .id("expired in 1970", .expired, ["exp": 0]),
        .id("no expiry", .claimMissing(.expiry), ["exp": nil]),
        .id("an expiry that is null", .claimMissing(.expiry), ["exp": .null]),
        .id("an expiry as text", .claimMalformed(.expiry), ["exp": .string(String(Forge.now + 300))]),
        expiring("9223372036854775807"), expiring("18446744073709551616"), expiring("1e308"),
        BadToken("an expiry of 1e999", .claimsMalformed) { try Forge.raw(payload: payload(expiry: "1e999")) },
        .id("an expiry of 1e300", .claimMalformed(.expiry), ["exp": .double(1e300)]),
        .id("an expiry in milliseconds", .claimMalformed(.expiry), ["exp": .integer((Forge.now + 300) * 1000)]),
        .id("a negative expiry", .claimMalformed(.expiry), ["exp": -1]),
        .id("an expiry that is true", .claimMalformed(.expiry), ["exp": true]),
        .id("valid in 61 seconds", .notYetValid, ["nbf": .integer(Forge.now + 61)]),
        .id("a start as text", .claimMalformed(.notBefore), ["nbf": "0"]),
        .id("issued in 61 seconds", .issuedInFuture, ["iat": .integer(Forge.now + 61)]),
        .id("issued two days ago", .issuedTooLongAgo, ["iat": .integer(Forge.now - 172_800)]),
        .id("not issued at any time", .claimMissing(.issuedAt), ["iat": nil]),
        .id("issued at a list", .claimMalformed(.issuedAt), ["iat": [.integer(Forge.now)]]),
        .id("authenticated tomorrow", .authenticatedInFuture, ["auth_time": .integer(Forge.now + 86_400)]),
        .id("authenticated as text", .claimMalformed(.authenticatedAt), ["auth_time": "now"]),
    ]

    /// A number that no canonical writer would write.
    private static func expiring(_ number: String) -> BadToken {
        BadToken("an expiry of \(number)", .claimMalformed(.expiry)) {
            try Forge.raw(payload: payload(expiry: number))
        }
    }

    private static func payload(expiry number: String) throws -> [UInt8] {
        let rest = try Forge.payload(changed(Forge.idClaims, ["exp": nil]))
        return Array(("{\"exp\":\(number)," + String(decoding: rest, as: UTF8.self).dropFirst()).utf8)
    }

    /// ID tokens that answer another login, or are no ID tokens.
    static let kinds: [BadToken] = [
        .id("no nonce", .claimMissing(.nonce), ["nonce": nil]),
        .id("a nonce that is null", .claimMissing(.nonce), ["nonce": .null]),
        .id("an empty nonce", .wrongNonce, ["nonce": ""]),
        .id("another nonce", .wrongNonce, ["nonce": "n-0S6_WzA2Mk"]),
        .id("the beginning of the nonce", .wrongNonce, ["nonce": .string(String(Forge.nonce.dropLast()))]),
        .id("the nonce in a list", .claimMalformed(.nonce), ["nonce": [.string(Forge.nonce)]]),
        .id("the hash of another access token", .wrongTokenHash, ["at_hash": "MTIzNDU2Nzg5MDEyMzQ1Ng"]),
        .id("an empty hash of the access token", .wrongTokenHash, ["at_hash": ""]),
        .id("a hash of the access token that is a number", .claimMalformed(.tokenHash), ["at_hash": 1]),
        .id("of the kind that is an access token at Keycloak", .accessTokenAsIDToken, ["typ": "Bearer"]),
        .id("of the kind that is a refresh token at Keycloak", .accessTokenAsIDToken, ["typ": "Refresh"]),
        .id("a logout token", .logoutToken, ["events": ["http://schemas.openid.net/event/backchannel-logout": [:]]]),
        BadToken("an access token of the API", .wrongAudience) { try Forge.token(Forge.accessClaims) },
        BadToken("an access token whose audience is the client", .claimMissing(.nonce)) {
            try Forge.token(changed(Forge.accessClaims, ["aud": .string(Forge.client), "azp": .string(Forge.client)]))
        },
    ]

    /// What opens no API.
    static let accessTokens: [BadToken] = [
        BadToken("an ID token", .idTokenAsAccessToken, as: .accessToken) { try Forge.token() },
        .access("a nonce", .idTokenAsAccessToken, ["nonce": .string(Forge.nonce)]),
        .access("the hash of an access token", .idTokenAsAccessToken, ["at_hash": "MTIzNDU2Nzg5MDEyMzQ1Ng"]),
        .access("of the kind that is an ID token at Keycloak", .idTokenAsAccessToken, ["typ": "ID"]),
        .access("of the kind that is a refresh token", .wrongType, ["typ": "Refresh"]),
        .access("for another API", .wrongAudience, ["aud": ["account", "https://other.example.test/api"]]),
        .access("for the console", .wrongAudience, ["aud": .string(Forge.client)]),
        .access("for nobody", .claimMissing(.audience), ["aud": nil]),
        .access("from another issuer", .wrongIssuer, ["iss": .string(Forge.issuer + "2")]),
        .access("expired", .expired, ["exp": .integer(Forge.now - 61)]),
        .access("that never expires", .claimMissing(.expiry), ["exp": nil]),
        .access("valid tomorrow", .notYetValid, ["nbf": .integer(Forge.now + 86_400)]),
        .access("issued tomorrow", .issuedInFuture, ["iat": .integer(Forge.now + 86_400)]),
        .access("about nobody", .claimMissing(.subject), ["sub": nil]),
        .access(
            "a logout token", .logoutToken, ["events": ["http://schemas.openid.net/event/backchannel-logout": [:]]]),
        BadToken("typ id_token", .idTokenAsAccessToken, as: .accessToken) {
            try Forge.token(Forge.accessClaims, header: changed(Forge.header(), ["typ": "id_token"]))
        },
        BadToken("typ of a DPoP proof", .wrongType, as: .accessToken) {
            try Forge.token(Forge.accessClaims, header: changed(Forge.header(), ["typ": "dpop+jwt"]))
        },
        BadToken("signed by somebody else", .badSignature, as: .accessToken) {
            try Forge.token(Forge.accessClaims, key: TestKey.foreignRSA.get())
        },
        BadToken("alg none", .algorithmNotAllowed, as: .accessToken) {
            try Forge.token(Forge.accessClaims, header: changed(Forge.header(), ["alg": "none"]))
        },
    ]
}

import SlipwayDomain

@testable import SlipwayOIDC

extension BadToken {
    /// Not written as a token is.
    static let forms: [BadToken] = [
        BadToken("empty", .notThreeParts) { "" },
        BadToken("two parts", .notThreeParts) {
            try Forge.token().split(separator: ".").prefix(2).joined(separator: ".")
        },
        BadToken("a dot too many at the end", .notThreeParts) { try Forge.token() + "." },
        BadToken("a dot too many in front", .notThreeParts) { try "." + Forge.token() },
        BadToken("five parts, as an encrypted token has", .notThreeParts) { try Forge.token() + ".a.b" },
        BadToken("longer than 16 KiB", .tooLong) {
            try Forge.token(changed(Forge.idClaims, ["x": .string(String(repeating: "x", count: 16_384))]))
        },
        BadToken("an empty signature", .badSignature) { try Forge.token(replacing: 2) { _ in "" } },
        BadToken("an empty header", .headerMalformed) { try Forge.token(replacing: 0) { _ in "" } },
        BadToken("padding behind the header", .notBase64URL(.header)) { try Forge.token(replacing: 0) { $0 + "=" } },
        BadToken("padding behind the payload", .notBase64URL(.payload)) { try Forge.token(replacing: 1) { $0 + "==" } },
        BadToken("padding behind the signature", .notBase64URL(.signature)) {
            try Forge.token(replacing: 2) { $0 + "==" }
        },
        BadToken("a space in front", .notBase64URL(.header)) { try " " + Forge.token() },
        BadToken("a line feed behind", .notBase64URL(.signature)) { try Forge.token() + "\n" },
        BadToken("NUL behind the signature", .notBase64URL(.signature)) { try Forge.token() + "\0" },
        BadToken("the alphabet of plain base64", .notBase64URL(.signature)) {
            try Forge.token(replacing: 2) { "+" + $0.dropFirst() }
        },
        // The last of 342 characters of an RSA signature carries four bits that stand for nothing.
        BadToken("spare bits of the signature set", .notBase64URL(.signature)) {
            try Forge.token(replacing: 2) { signature in
                let next: [Character: Character] = ["A": "B", "Q": "R", "g": "h", "w": "x"]
                return signature.dropLast() + String(next[signature.last ?? "A"] ?? "B")
            }
        },
        BadToken("another payload under the same signature", .badSignature) {
            let payload = try Forge.payload(changed(Forge.idClaims, ["sub": "bob"]))
            return try Forge.token(replacing: 1) { _ in Base64URL.text(payload) }
        },
        BadToken("another header under the same signature", .badSignature) {
            let header = try JSONValue.object(changed(Forge.header(), ["typ": nil])).canonicalBytes
            return try Forge.token(replacing: 0) { _ in Base64URL.text(header) }
        },
        BadToken("the signature of another token", .badSignature) {
            let other = try Forge.token(changed(Forge.idClaims, ["sub": "bob"])).split(separator: ".")
            return try Forge.token(replacing: 2) { _ in String(other[2]) }
        },
    ]

    /// A header that is no header, or asks for what is not done here.
    static let headers: [BadToken] = [
        BadToken("a header that is a list", .headerMalformed) { try Forge.raw(header: Array("[]".utf8)) },
        BadToken("a header that is no JSON", .headerMalformed) {
            try Forge.raw(header: Array("{alg:RS256}".utf8))
        },
        BadToken("a header with alg twice", .headerMalformed) {
            try Forge.raw(header: Array(#"{"alg":"none","alg":"RS256","kid":"rsa"}"#.utf8))
        },
        BadToken("a header with something behind it", .headerMalformed) {
            try Forge.raw(header: Array(#"{"alg":"RS256","kid":"rsa"}{}"#.utf8))
        },
        .header("crit", .criticalExtension, ["crit": ["exp"]]),
        .header("an empty crit", .criticalExtension, ["crit": []]),
        .header("b64 false", .unencodedPayload, ["b64": false]),
        .header("crit and b64 false", .criticalExtension, ["crit": ["b64"], "b64": false]),
        .header("jku", .keyInHeader, ["jku": "https://evil.example.test/keys"]),
        .header("x5u", .keyInHeader, ["x5u": "https://evil.example.test/key.pem"]),
        .header("x5c", .keyInHeader, ["x5c": ["MIIB"]]),
        BadToken("an embedded key that fits the signature", .keyInHeader) {
            let key = try TestKey.foreignRSA.get()
            return try Forge.token(header: changed(Forge.header(), ["jwk": key.jwk("rsa")]), key: key)
        },
        .header("typ at+jwt", .accessTokenAsIDToken, ["typ": "at+jwt"]),
        .header("typ application/at+jwt", .accessTokenAsIDToken, ["typ": "application/AT+JWT"]),
        .header("typ logout+jwt", .logoutToken, ["typ": "logout+jwt"]),
        .header("a typ nobody knows", .wrongType, ["typ": "dpop+jwt"]),
        .header("a typ that is a number", .headerMalformed, ["typ": 7]),
    ]
}

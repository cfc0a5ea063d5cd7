import Crypto
import SlipwayDomain

@testable import SlipwayOIDC

extension BadToken {
    /// Signed in a way that nobody allowed, or not at all.
    static let algorithms: [BadToken] = unsigned + withPublicKeyAsSecret + unknownAlgorithms

    private static let unsigned: [BadToken] = ["none", "None", "NONE", "nOnE"].map { none in
        BadToken("alg \(none) without a signature", .algorithmNotAllowed) {
            let header = changed(Forge.header(), ["alg": .string(none)])
            return try Forge.token(header: header).split(separator: ".").prefix(2).joined(separator: ".") + "."
        }
    }

    private static let withPublicKeyAsSecret: [BadToken] = ["PEM", "DER", "JWK"].map { form in
        BadToken("HS256 with the public key's \(form) as the secret", .algorithmNotAllowed) {
            let secret = try TestKey.issuerRSA.get().publicForms().first { $0.name == form }?.bytes ?? []
            return try Forge.token(hmac: secret, header: changed(Forge.header(), ["alg": "HS256"]))
        }
    }

    private static let unknownAlgorithms: [BadToken] =
        ["HS384", "HS512", "RS512", "ES384", "RS1", "rs256", "RSA-OAEP", ""].map { name in
            .header("alg \(name.isEmpty ? "empty" : name)", .algorithmNotAllowed, ["alg": .string(name)])
        } + [
            .header("no alg", .headerMalformed, ["alg": nil]),
            .header("alg as a list", .headerMalformed, ["alg": ["RS256"]]),
            .header("alg none with the signature of RS256", .algorithmNotAllowed, ["alg": "none"]),
        ]

    /// Signed with a key, but not with the one.
    static let keys: [BadToken] = [
        BadToken("another's key under the issuer's name", .badSignature) {
            try Forge.token(key: TestKey.foreignRSA.get())
        },
        BadToken("another's P-256 key", .badSignature) {
            try Forge.token(header: Forge.header(.es256, "p256"), key: TestKey.foreignP256, by: .es256)
        },
        .header("a kid nobody has", .unknownKey, ["kid": "foreign"]),
        .header("a kid that only looks the same", .unknownKey, ["kid": "rsa\u{200B}"]),
        .header("an empty kid", .unknownKey, ["kid": ""]),
        .header("no kid with several keys", .keyIDMissing, ["kid": nil]),
        .header("a kid that is a number", .headerMalformed, ["kid": 1]),
        .header("RS256 for a P-256 key", .algorithmNotOfKey, ["kid": "p256"]),
        .header("ES256 for an RSA key", .algorithmNotOfKey, ["alg": "ES256"]),
        .header("EdDSA for an RSA key", .algorithmNotOfKey, ["alg": "EdDSA"]),
        .header("RS256 for a key that says PS256", .algorithmNotOfKey, ["kid": "pss"]),
        BadToken("PS256 signed as RS256", .badSignature) {
            try Forge.token(header: Forge.header(.ps256), by: .rs256)
        },
        BadToken("ES256 with the signature in DER", .badSignature) {
            try es256(signedBy: { key, body in Array(try key.signature(for: body).derRepresentation) })
        },
        BadToken("ES256 with a signature of zeros", .badSignature) {
            try es256(signedBy: { _, _ in [UInt8](repeating: 0, count: 64) })
        },
        BadToken("Ed25519 with a byte too many", .badSignature) {
            let token = try Forge.token(header: Forge.header(.edDSA, "ed"), key: TestKey.issuerEd25519, by: .edDSA)
            let parts = token.split(separator: ".")
            return parts[0] + "." + parts[1] + "." + Base64URL.text((Base64URL.bytes(parts[2]) ?? []) + [0])
        },
    ]

    private static func es256(
        signedBy sign: (P256.Signing.PrivateKey, [UInt8]) throws -> [UInt8]
    ) throws -> String {
        guard case .p256(let key) = TestKey.issuerP256 else { return "" }
        let header = try JSONValue.object(Forge.header(.es256, "p256")).canonicalBytes
        let body = try Base64URL.text(header) + "." + Base64URL.text(Forge.payload(Forge.idClaims))
        return try body + "." + Base64URL.text(sign(key, Array(body.utf8)))
    }
}

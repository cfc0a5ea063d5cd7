import Crypto
import CryptoExtras
import Foundation
import SlipwayDomain

@testable import SlipwayOIDC

/// A private key of the issuer, or of somebody who would like to be it.
enum TestKey: Sendable {
    case rsa(_RSA.Signing.PrivateKey)
    case p256(P256.Signing.PrivateKey)
    case ed25519(Curve25519.Signing.PrivateKey)

    /// The issuer's keys, made once for all tests: they take a while.
    static let issuerRSA = Result { TestKey.rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048)) }
    static let foreignRSA = Result { TestKey.rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048)) }
    static let issuerP256 = TestKey.p256(P256.Signing.PrivateKey())
    static let foreignP256 = TestKey.p256(P256.Signing.PrivateKey())
    static let issuerEd25519 = TestKey.ed25519(Curve25519.Signing.PrivateKey())

    func signature(of message: [UInt8], by algorithm: SignatureAlgorithm) throws -> [UInt8] {
        switch self {
        case .rsa(let key):
            let padding: _RSA.Signing.Padding = algorithm == .ps256 ? .PSS : .insecurePKCS1v1_5
            return Array(try key.signature(for: SHA256.hash(data: message), padding: padding).rawRepresentation)
        case .p256(let key): return Array(try key.signature(for: message).rawRepresentation)
        case .ed25519(let key): return Array(try key.signature(for: message))
        }
    }

    /// The public half as a JSON Web Key, with whatever else is to stand in it.
    func jwk(_ id: String?, adding members: [String: JSONValue] = [:]) throws -> JSONValue {
        var jwk: [String: JSONValue]
        switch self {
        case .rsa(let key):
            let numbers = try key.publicKey.getKeyPrimitives()
            jwk = [
                "kty": "RSA", "n": .string(Base64URL.text(Array(numbers.modulus))),
                "e": .string(Base64URL.text(Array(numbers.publicExponent))),
            ]
        case .p256(let key):
            let point = Array(key.publicKey.rawRepresentation)
            jwk = [
                "kty": "EC", "crv": "P-256", "x": .string(Base64URL.text(Array(point.prefix(32)))),
                "y": .string(Base64URL.text(Array(point.suffix(32)))),
            ]
        case .ed25519(let key):
            let x = Base64URL.text(Array(key.publicKey.rawRepresentation))
            jwk = ["kty": "OKP", "crv": "Ed25519", "x": .string(x)]
        }
        jwk["use"] = "sig"
        if let id { jwk["kid"] = .string(id) }
        return .object(jwk.merging(members) { $1 })
    }

    /// What an attacker has of the public key, in every form somebody could take for a shared secret.
    func publicForms() throws -> [(name: String, bytes: [UInt8])] {
        let (pem, der) =
            switch self {
            case .rsa(let key): (key.publicKey.pemRepresentation, Array(key.publicKey.derRepresentation))
            case .p256(let key): (key.publicKey.pemRepresentation, Array(key.publicKey.derRepresentation))
            case .ed25519(let key): ("", Array(key.publicKey.rawRepresentation))
            }
        return [("PEM", Array(pem.utf8)), ("DER", der), ("JWK", try jwk("rsa").canonicalBytes)]
    }
}

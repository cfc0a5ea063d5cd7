import JWTKit
import SlipwayDomain

/// One public key of the issuer and what it can check.
struct ProviderKey: Sendable {
    private enum Material: Sendable {
        case rsa(Insecure.RSA.PublicKey)
        case p256(ES256PublicKey)
        case ed25519(EdDSA.PublicKey)
    }

    let id: String?
    let algorithms: Set<SignatureAlgorithm>
    private let material: Material

    /// From a JSON Web Key; nil for one that does not sign, is of a kind not known here, or gives away its private half.
    init?(_ jwk: JSONValue) {
        guard let kind = jwk["kty"]?.stringValue, Self.isForSigning(jwk), jwk["d"] == nil, jwk["k"] == nil else {
            return nil
        }
        guard let (material, able) = Self.material(kind, jwk) else { return nil }
        var algorithms = able
        if let name = jwk["alg"] {
            guard let algorithm = name.stringValue.flatMap(SignatureAlgorithm.init) else { return nil }
            algorithms = able.intersection([algorithm])
        }
        guard !algorithms.isEmpty else { return nil }
        if let name = jwk["kid"] {
            guard let text = name.stringValue else { return nil }
            id = text
        } else {
            id = nil
        }
        self.algorithms = algorithms
        self.material = material
    }

    /// JWTKit is given this key alone, under the algorithm that was decided on: nothing in a token chooses for it.
    func accepts(_ signature: [UInt8], of message: [UInt8], by algorithm: SignatureAlgorithm) async -> Bool {
        guard algorithms.contains(algorithm) else { return false }
        let keys = JWTKeyCollection()
        switch (material, algorithm) {
        case (.rsa(let key), .rs256): await keys.add(rsa: key, digestAlgorithm: .sha256)
        case (.rsa(let key), .ps256): await keys.add(pss: key, digestAlgorithm: .sha256)
        case (.p256(let key), .es256) where signature.count == 64: await keys.add(ecdsa: key)
        case (.ed25519(let key), .edDSA) where signature.count == 64: await keys.add(eddsa: key)
        default: return false
        }
        guard let key = try? await keys.getKey() else { return false }
        return (try? key.verify(signature, signs: message)) ?? false
    }

    private static func isForSigning(_ jwk: JSONValue) -> Bool {
        if let use = jwk["use"], use != "sig" { return false }
        guard let operations = jwk["key_ops"] else { return true }
        return operations.arrayValue?.contains("verify") == true
    }

    private static func material(_ kind: String, _ jwk: JSONValue) -> (Material, Set<SignatureAlgorithm>)? {
        switch (kind, jwk["crv"]?.stringValue) {
        case ("RSA", _):
            guard let modulus = number("n", in: jwk), let exponent = number("e", in: jwk),
                let key = try? Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent)
            else { return nil }
            return (.rsa(key), [.rs256, .ps256])
        case ("EC", "P-256"):
            guard let x = number("x", in: jwk, bytes: 32), let y = number("y", in: jwk, bytes: 32),
                let key = try? ES256PublicKey(parameters: (x, y))
            else { return nil }
            return (.p256(key), [.es256])
        case ("OKP", "Ed25519"):
            guard let x = number("x", in: jwk, bytes: 32), let key = try? EdDSA.PublicKey(x: x, curve: .ed25519) else {
                return nil
            }
            return (.ed25519(key), [.edDSA])
        default: return nil
        }
    }

    /// A member that is canonical base64url, of that many bytes.
    private static func number(_ name: String, in jwk: JSONValue, bytes count: Int? = nil) -> String? {
        guard let text = jwk[name]?.stringValue, let bytes = Base64URL.bytes(text), !bytes.isEmpty else { return nil }
        return count == nil || bytes.count == count ? text : nil
    }
}

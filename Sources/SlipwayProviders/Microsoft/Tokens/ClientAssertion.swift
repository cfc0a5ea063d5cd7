import Crypto
import JWTKit
import SlipwayDomain

/// A client's signed proof of itself (RFC 7523), by the key of a certificate that the identity platform knows.
struct ClientAssertion: Sendable {
    let clientID: String
    /// The token endpoint.
    let audience: String
    let now: Timestamp

    /// Good for ten minutes. Throws `terminal` when certificate or key cannot be read.
    func signed(certificate: String, privateKey: SecretBytes) async throws(AdapterFailure) -> SecretBytes {
        guard let der = Self.der(certificate),
            let key = try? JWTKit.Insecure.RSA.PrivateKey(pem: privateKey.revealedText())
        else { throw .terminal(.credentialInvalid, detail: "the certificate or its key cannot be read") }
        do {
            let text = try Base64URL.text(header(der).canonicalBytes) + "." + Base64URL.text(claims.canonicalBytes)
            let keys = JWTKeyCollection()
            await keys.add(pss: key, digestAlgorithm: .sha256)
            let signature = try await keys.getKey().sign(Array(text.utf8))
            return SecretBytes(text + "." + Base64URL.text(signature))
        } catch {
            throw .terminal(.credentialInvalid, detail: "the key does not sign")
        }
    }

    private func header(_ certificate: [UInt8]) -> JSONValue {
        ["alg": "PS256", "typ": "JWT", "x5t#S256": .string(Base64URL.text(Digest(sha256Of: certificate).bytes))]
    }

    private var claims: JSONValue {
        let second = now.microseconds / 1_000_000
        let number = SymmetricKey(size: .bits128).withUnsafeBytes(Array.init)
        return [
            "aud": .string(audience), "iss": .string(clientID), "sub": .string(clientID),
            "jti": .string(Hex.text(number)), "iat": .integer(second), "nbf": .integer(second),
            "exp": .integer(second + 600),
        ]
    }

    private static func der(_ pem: String) -> [UInt8]? {
        let lines = pem.split(whereSeparator: \.isNewline)
        guard let begin = lines.firstIndex(of: "-----BEGIN CERTIFICATE-----"),
            let end = lines.firstIndex(of: "-----END CERTIFICATE-----"), begin < end
        else { return nil }
        return Base64.bytes(lines[(begin + 1)..<end].joined())
    }
}

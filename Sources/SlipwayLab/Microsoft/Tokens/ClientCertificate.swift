import Crypto
import JWTKit
import SlipwayDomain

/// A certificate that was registered for an application.
package struct ClientCertificate: Sendable {
    /// Base64url of the SHA-256 and of the SHA-1 of the certificate's DER, as assertions name it.
    let thumbprints: Set<String>
    private let key: JWTKit.Insecure.RSA.PublicKey

    package struct Unreadable: Error, CustomStringConvertible {
        package let description = "not a PEM certificate with an RSA key of 2048 bits or more"
    }

    package init(pem: String) throws(Unreadable) {
        guard let der = Self.der(pem), let key = try? JWTKit.Insecure.RSA.PublicKey(certificatePEM: pem) else {
            throw Unreadable()
        }
        let old = Base64URL.text(Array(Crypto.Insecure.SHA1.hash(data: der)))
        thumbprints = [Base64URL.text(Digest(sha256Of: der).bytes), old]
        self.key = key
    }

    /// Whether the certificate's key made the signature; by PS256 or RS256 and nothing else.
    func accepts(_ signature: [UInt8], of message: [UInt8], by algorithm: String) async -> Bool {
        let keys = JWTKeyCollection()
        switch algorithm {
        case "PS256": await keys.add(pss: key, digestAlgorithm: .sha256)
        case "RS256": await keys.add(rsa: key, digestAlgorithm: .sha256)
        default: return false
        }
        guard let key = try? await keys.getKey() else { return false }
        return (try? key.verify(signature, signs: message)) ?? false
    }

    private static func der(_ pem: String) -> [UInt8]? {
        let lines = pem.split(whereSeparator: \.isNewline)
        guard let begin = lines.firstIndex(of: "-----BEGIN CERTIFICATE-----"),
            let end = lines.firstIndex(of: "-----END CERTIFICATE-----"), begin < end
        else { return nil }
        return Base64.bytes(lines[(begin + 1)..<end].joined())
    }
}

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
package import SlipwayDomain

/// Keys in the transit engine of a server that speaks Vault's interface (OpenBao, Vault): they never leave it.
///
/// The key is made with `derived=true`: each place has its own, derived from the place, so what was wrapped for one does
/// not open at another. The server's own versions are the versions here.
package struct TransitKeys: KeySource {
    private let address: String
    private let name: String
    private let token: SecretBytes

    /// `address` is the engine's, such as `https://vault.example.com:8200/v1/transit`, without a slash at its end.
    package init(address: String, name: String, token: SecretBytes) {
        self.address = address
        self.name = name
        self.token = token
    }

    package var ring: String { "transit/\(name)" }

    package func versions() async throws(KeyFailure) -> KeyVersions {
        let data = try await ask(.GET, "keys/\(name)")
        guard let latest = data["latest_version"]?.integerValue, latest > 0 else {
            throw .unavailable("the key server says nothing of versions of \(name)")
        }
        guard data["derived"]?.boolValue == true else {
            throw .unavailable("the key \(name) is not derived: make one with derived=true")
        }
        let oldest = max(1, data["min_decryption_version"]?.integerValue ?? 1)
        return KeyVersions(ring: ring, current: latest, opening: Set(oldest...latest))
    }

    package func wrap(_ key: SecretBytes, context: [UInt8]) async throws(KeyFailure) -> WrappedKey {
        let body: JSONValue = [
            "plaintext": .string(key.reveal { Base64.text(Array($0)) }), "context": .string(Self.text(of: context)),
        ]
        let data = try await ask(.POST, "encrypt/\(name)", body)
        guard let text = data["ciphertext"]?.stringValue, let version = Self.version(of: text) else {
            throw .unavailable("the key server gave no ciphertext")
        }
        return WrappedKey(ring: ring, version: version, bytes: Array(text.utf8))
    }

    package func unwrap(_ key: WrappedKey, context: [UInt8]) async throws(KeyFailure) -> SecretBytes {
        guard key.ring == ring else { throw .otherRing(key.ring, here: ring) }
        let text = String(decoding: key.bytes, as: UTF8.self)
        guard Self.version(of: text) == key.version else { throw .doesNotOpen }
        let body: JSONValue = ["ciphertext": .string(text), "context": .string(Self.text(of: context))]
        let data = try await ask(.POST, "decrypt/\(name)", body)
        guard let bytes = data["plaintext"]?.stringValue.flatMap(Base64.bytes) else { throw .doesNotOpen }
        return SecretBytes(bytes)
    }

    /// Makes a new version, which seals from now on.
    package func rotate() async throws(KeyFailure) {
        _ = try await ask(.POST, "keys/\(name)/rotate", [:])
    }

    /// Keeps versions before the current one from opening anything: only for when nothing names them.
    package func forgetOlder() async throws(KeyFailure) {
        let current = try await versions().current
        _ = try await ask(.POST, "keys/\(name)/config", ["min_decryption_version": .integer(current)])
    }

    /// The digest: contexts of a server may be bounded in length.
    private static func text(of context: [UInt8]) -> String { Base64.text(Digest(sha256Of: context).bytes) }

    /// Of `vault:v3:…`.
    private static func version(of ciphertext: String) -> Int64? {
        let parts = ciphertext.split(separator: ":", maxSplits: 2)
        guard parts.count == 3, parts[1].hasPrefix("v") else { return nil }
        return Int64(parts[1].dropFirst())
    }

    /// The answer's data. What the server says of a ciphertext that does not open is a client error like others: it is
    /// told apart by its status.
    private func ask(
        _ method: HTTPMethodName, _ path: String, _ body: JSONValue? = nil
    ) async throws(KeyFailure) -> JSONValue {
        var request = HTTPClientRequest(url: "\(address)/\(path)")
        request.method = .init(rawValue: method.rawValue)
        request.headers.add(name: "X-Vault-Token", value: token.revealedText())
        do {
            if let body { request.body = .bytes(try body.canonicalBytes) }
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
            let bytes = Array((try await response.body.collect(upTo: 1 << 20)).readableBytesView)
            switch response.status.code {
            case 200: return try JSONValue(parsing: bytes)["data"] ?? [:]
            case 204: return [:]
            case 400 where path.hasPrefix("decrypt/"): throw KeyFailure.doesNotOpen
            case 403: throw KeyFailure.unavailable("it refuses the token")
            case 404: throw KeyFailure.unavailable("it has no key \(name) there")
            case let status: throw KeyFailure.unavailable("it answered \(status)")
            }
        } catch let failure as KeyFailure {
            throw failure
        } catch {
            throw .unavailable("it does not answer")
        }
    }

    private enum HTTPMethodName: String {
        case GET, POST
    }
}

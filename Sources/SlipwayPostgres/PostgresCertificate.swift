import CLibPQ

/// The certificate a server showed.
package struct PostgresCertificate: Sendable, Hashable {
    /// SHA-256 of the certificate, as `sha256:` and 64 hex digits.
    package let fingerprint: String
    package let issuer: String
    package let daysLeft: Int
}

extension PostgresConnection {
    /// Nil when the connection is not encrypted.
    package var certificate: PostgresCertificate? {
        var digest = [UInt8](repeating: 0, count: 32)
        var issuer = [CChar](repeating: 0, count: 512)
        var days: Int32 = 0
        guard slipway_peer_certificate(handle, &digest, &issuer, Int32(issuer.count), &days) == 1 else { return nil }
        let hex = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let name = String(decoding: issuer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return PostgresCertificate(fingerprint: "sha256:" + hex, issuer: name, daysLeft: Int(days))
    }

    /// The host this connection reached: a name, an address, or the folder of a local socket.
    package var host: String {
        PQhost(handle).map { String(cString: $0) } ?? ""
    }

    package var port: String {
        PQport(handle).map { String(cString: $0) } ?? ""
    }
}

import SlipwayPostgres

/// Whether a connection may be trusted with data: the certificate is the pinned one, and nothing crosses a
/// network in the clear.
enum TargetTrust {
    /// Throws `blocked` with what to do. Every stage that talks to the target asks this first.
    static func require(_ connection: PostgresConnection, _ target: Manifest.TargetReference) throws {
        let certificate = connection.certificate
        if let pinned = target.tlsFingerprint {
            guard let certificate else {
                throw CutoverError.blocked(
                    "the manifest pins a certificate, but the connection is not encrypted: use sslmode=require or stricter in target.url"
                )
            }
            guard certificate.fingerprint == pinned else {
                throw CutoverError.blocked(
                    "the target's certificate does not match: found \(certificate.fingerprint), the manifest pins "
                        + "\(pinned): find out why it changed before you correct target.tls_fingerprint")
            }
        }
        guard certificate != nil || isLocal(connection.host) || target.allowsPlaintext else {
            throw CutoverError.blocked(
                "the connection to \(connection.host) is not encrypted: turn TLS on at the server, or accept it with target.allow_plaintext: true"
            )
        }
    }

    /// A socket file or this machine's own address: nothing crosses a network.
    static func isLocal(_ host: String) -> Bool {
        host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1"
            || host.hasPrefix("127.")
    }
}

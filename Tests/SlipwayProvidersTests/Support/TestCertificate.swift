import Foundation
import SlipwayTesting

/// A certificate of its own, and its key, both as PEM.
struct TestCertificate: Sendable {
    let certificate: String
    let key: String

    static func make() async throws -> TestCertificate {
        let folder = FileManager.default.temporaryDirectory.appending(path: "slipway-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (key, certificate) = (folder.appending(path: "key.pem"), folder.appending(path: "certificate.pem"))
        try await Command(
            "/usr/bin/env",
            [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key.path, "-out",
                certificate.path, "-subj", "/CN=slipway-lab", "-days", "30",
            ]
        ).run()
        return TestCertificate(
            certificate: try String(contentsOf: certificate, encoding: .utf8),
            key: try String(contentsOf: key, encoding: .utf8))
    }
}

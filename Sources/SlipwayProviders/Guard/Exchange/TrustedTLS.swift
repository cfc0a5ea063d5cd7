package import NIOSSL

/// TLS as every call to a provider has it: 1.2 at least, the certificate checked against the name that was called.
package struct TrustedTLS: Sendable {
    let context: NIOSSLContext

    /// Trusts what the system trusts, and besides the authorities of a PEM file when an installation has its own.
    /// Throws when that file cannot be read or has no certificate in it.
    package init(additionalRoots file: String? = nil) throws {
        try self.init(additionalRoots: file.map(NIOSSLCertificate.fromPEMFile) ?? [])
    }

    package init(additionalRoots: [NIOSSLCertificate]) throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        configuration.applicationProtocols = ["http/1.1"]
        if !additionalRoots.isEmpty { configuration.additionalTrustRoots = [.certificates(additionalRoots)] }
        context = try NIOSSLContext(configuration: configuration)
    }
}

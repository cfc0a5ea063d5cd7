package import SlipwayDomain

/// The application that is registered with the stood-in identity platform, and what it proves itself with.
package struct RegisteredApplication: Sendable {
    package let clientID: String
    package let secret: SecretBytes
    /// A secret that was good once.
    package let expiredSecret: SecretBytes
    /// Certificates whose keys may sign assertions.
    let certificates: [ClientCertificate]

    package init(
        clientID: String, secret: SecretBytes, expiredSecret: SecretBytes = SecretBytes("lab-expired-secret"),
        certificates: [ClientCertificate] = []
    ) {
        self.clientID = clientID
        self.secret = secret
        self.expiredSecret = expiredSecret
        self.certificates = certificates
    }
}

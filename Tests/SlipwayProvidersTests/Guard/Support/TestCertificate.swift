import NIOSSL
import SlipwayProviders

/// An authority that nothing but these tests trusts, and a certificate of it for the names of the test providers. They
/// were made for this, are good for a hundred years and open nothing.
enum TestCertificate {
    /// Of the certificate in its binary form, as `openssl x509 -outform der | sha256sum` has it.
    static let fingerprint = "bcc4af2523ca1c0e0f3a271c3ffdc0bc9f7d1e2efc288eb5f26ffc91405ecf34"

    /// What a client trusts: made once, since it reads all that the system trusts.
    static var trusting: TrustedTLS { get throws { try client.get() } }

    static func serverContext() throws -> NIOSSLContext { try server.get() }

    private static let client = Result {
        try TrustedTLS(additionalRoots: [NIOSSLCertificate(bytes: Array(TestCertificate.authority.utf8), format: .pem)])
    }

    private static let server = Result {
        let certificate = try NIOSSLCertificate(bytes: Array(TestCertificate.certificate.utf8), format: .pem)
        let key = try NIOSSLPrivateKey(bytes: Array(TestCertificate.key.utf8), format: .pem)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: [.certificate(certificate)], privateKey: .privateKey(key)))
    }

    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBqTCCAU+gAwIBAgIUWTcfbgcuq/CABenjsVhol1yx41YwCgYIKoZIzj0EAwIw
        ITEfMB0GA1UEAwwWU2xpcHdheSB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjEyMzM0
        MDVaGA8yMTI2MTAyODIzMzQwNVowITEfMB0GA1UEAwwWU2xpcHdheSB0ZXN0IGF1
        dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGQVsS9cSen5p+mGhTrX
        VO1omprmX8t3GaecokeyYWBtL6L2jAyGnLS30Q6+CLTWEHWK6PDW4nB/b8zzCS9G
        wQujYzBhMB0GA1UdDgQWBBTlyY6cvCGazAqwVMf1ytmj2oGpZDAfBgNVHSMEGDAW
        gBTlyY6cvCGazAqwVMf1ytmj2oGpZDAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB
        /wQEAwICBDAKBggqhkjOPQQDAgNIADBFAiEA0YRJL6Vvf/eywvUnoC+vBNi+eebz
        7gfDF/Is6hW8/lECIHgPmPKwGOOwjPpypXwbjMvwd+vYxnlAsRi2888a7nDP
        -----END CERTIFICATE-----
        """

    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIICIjCCAcigAwIBAgIUcITtCauHEtGo2qF/MwIFfq4FKu8wCgYIKoZIzj0EAwIw
        ITEfMB0GA1UEAwwWU2xpcHdheSB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjEyMzM0
        MDVaGA8yMTI2MTAyODIzMzQwNVowGzEZMBcGA1UEAwwQcHJvdmlkZXIuZXhhbXBs
        ZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJNhcJNOAobSx8qKXswUC3QgnY0g
        4F2AbMl4Slgmqq7+kBOE9uDnlDPxVy7v7NIUwuYlFZhqjwdqlvLcro+Q7VqjgeEw
        gd4wgZAGA1UdEQSBiDCBhYIWbG9naW4ucHJvdmlkZXIuZXhhbXBsZYIWZ3JhcGgu
        cHJvdmlkZXIuZXhhbXBsZYIUbGFiLnByb3ZpZGVyLmV4YW1wbGWCA2lkcIIVeG4t
        LWJjaGVyLWt2YS5leGFtcGxlghBhLWIuYy0tZC5leGFtcGxlggkxLmV4YW1wbGWH
        BH8AAAEwCQYDVR0TBAIwADAdBgNVHQ4EFgQU0G58JCRd3MCJLlHEVE0ybvw80UMw
        HwYDVR0jBBgwFoAU5cmOnLwhmswKsFTH9crZo9qBqWQwCgYIKoZIzj0EAwIDSAAw
        RQIhALIEyR6ucb+o4B6PxcL23+oeJKTGAiGAoRSqnrLGhSwQAiBgTymNpse3Yjwc
        5k4zrgnsbQ3AhImBdDQeNn2aShHF4A==
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkmi8BIOiOCr2/h5z
        thzTezV6P8Yp8x7ok/Z0PpicI8ihRANCAASTYXCTTgKG0sfKil7MFAt0IJ2NIOBd
        gGzJeEpYJqqu/pAThPbg55Qz8Vcu7+zSFMLmJRWYao8Hapby3K6PkO1a
        -----END PRIVATE KEY-----
        """
}

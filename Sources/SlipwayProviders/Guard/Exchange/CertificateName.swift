import NIOSSL

/// Whether a certificate is for a name.
///
/// NIOSSL takes one that is for the address of the socket as well, even when a name was called. Addresses change hands,
/// and who has one can have a certificate for it: whoever makes a name lead to their own address would pass for it.
package enum CertificateName {
    /// A name in the certificate has to be the one that was called. Its common name does not count.
    static func covers(_ name: String, in certificate: NIOSSLCertificate) -> Bool {
        certificate._subjectAlternativeNames().contains { alternative in
            alternative.nameType == .dnsName
                && matches(String(decoding: alternative.contents, as: UTF8.self), name)
        }
    }

    /// `*.` in front stands for one label, of a name with two more at least. `name` is in lower case.
    package static func matches(_ pattern: String, _ name: String) -> Bool {
        // Some letters become ASCII when they are made small.
        guard pattern.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
        let pattern = pattern.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard pattern.first == "*" else { return pattern == labels }
        return labels.count >= 3 && pattern.dropFirst() == labels.dropFirst()
    }
}

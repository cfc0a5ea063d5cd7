#include <libpq-fe.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

/// The server's certificate on an open connection, as far as evidence needs it: the SHA-256 of its DER form,
/// who issued it, and how many days are left. Returns 0 when the connection is not encrypted.
static inline int slipway_peer_certificate(PGconn *connection, unsigned char digest[32], char *issuer,
                                           int issuer_size, int *days_left) {
    SSL *tls = (SSL *)PQsslStruct(connection, "OpenSSL");
    X509 *certificate = tls ? SSL_get1_peer_certificate(tls) : NULL;
    unsigned int length = 32;
    int seconds = 0;
    if (!certificate) return 0;
    X509_digest(certificate, EVP_sha256(), digest, &length);
    X509_NAME_oneline(X509_get_issuer_name(certificate), issuer, issuer_size);
    *days_left = 0;
    ASN1_TIME_diff(days_left, &seconds, NULL, X509_get0_notAfter(certificate));
    X509_free(certificate);
    return 1;
}

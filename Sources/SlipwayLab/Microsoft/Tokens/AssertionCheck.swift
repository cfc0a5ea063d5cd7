import SlipwayDomain

/// Whether a client's signed assertion (RFC 7523) is good; says why not.
struct AssertionCheck: Sendable {
    let application: RegisteredApplication
    /// The token endpoint that the assertion must be made for, under its own address and the one it stands in for.
    let audiences: [String]
    let now: Timestamp

    struct Refusal: Error {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    func check(_ assertion: String) async throws(Refusal) {
        let parts = assertion.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.json(parts[0]), let claims = Self.json(parts[1]),
            let signature = Base64URL.bytes(parts[2])
        else { throw Refusal("The assertion is not a signed token.") }
        let named = [header["x5t#S256"], header["x5t"]].compactMap { $0?.stringValue }
        guard let certificate = application.certificates.first(where: { !$0.thumbprints.isDisjoint(with: named) })
        else { throw Refusal("The certificate is not registered with the application.") }
        let message = Array("\(parts[0]).\(parts[1])".utf8)
        guard await certificate.accepts(signature, of: message, by: header["alg"]?.stringValue ?? "") else {
            throw Refusal("The signature is not the key's.")
        }
        try check(claims)
    }

    private func check(_ claims: JSONValue) throws(Refusal) {
        guard claims["iss"]?.stringValue == application.clientID, claims["sub"]?.stringValue == application.clientID
        else { throw Refusal("Issuer and subject must be the application.") }
        guard let audience = claims["aud"]?.stringValue, audiences.contains(audience) else {
            throw Refusal("The audience must be \(audiences.joined(separator: " or ")).")
        }
        let second = now.microseconds / 1_000_000
        guard let end = claims["exp"]?.integerValue, end > second else { throw Refusal("The assertion has expired.") }
        if let start = claims["nbf"]?.integerValue, start > second + 300 {
            throw Refusal("The assertion is not valid yet.")
        }
        guard claims["jti"]?.stringValue?.isEmpty == false else { throw Refusal("The assertion has no jti.") }
    }

    private static func json(_ part: Substring) -> JSONValue? {
        Base64URL.bytes(part).flatMap { try? JSONValue(parsing: $0) }
    }
}

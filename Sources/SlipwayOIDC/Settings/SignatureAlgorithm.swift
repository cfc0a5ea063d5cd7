/// How a provider may sign (RFC 7518, RFC 8037). What is not here is never accepted: neither `none` nor a shared key.
package enum SignatureAlgorithm: String, Sendable, Hashable, CaseIterable {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"
    case edDSA = "EdDSA"
}

/// The text of an API token: `slw_`, its number, and 256 random bits. Slipway keeps the number and a digest.
package struct TokenText: Sendable {
    private static let prefix = "slw"

    package let id: ID<APIToken>
    package let digest: Digest

    /// Nil for what is no token.
    package init?(_ text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.prefix, let id = ID<APIToken>(text: parts[1]),
            parts[2].utf8.count == 64, Hex.bytes(parts[2]) != nil
        else { return nil }
        self.id = id
        digest = Digest(sha256Of: text.utf8)
    }

    /// Whether a text claims to be one, well formed or not.
    package static func looksLikeOne(_ text: String) -> Bool { text.hasPrefix(prefix + "_") }

    /// The text of a new token; it is shown once and kept nowhere. `random` must be 32 bytes nobody can foresee.
    package static func text(of id: ID<APIToken>, random: [UInt8]) -> String {
        precondition(random.count == 32, "a token's secret has 256 bits")
        return "\(prefix)_\(id)_\(Hex.text(random))"
    }
}

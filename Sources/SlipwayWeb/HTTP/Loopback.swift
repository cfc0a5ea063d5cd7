/// Names and addresses that only this machine has.
package enum Loopback {
    /// `host` without a port; an IPv6 address may stand in brackets.
    package static func contains(_ host: some StringProtocol) -> Bool {
        let host = host.drop { $0 == "[" }.prefix { $0 != "]" }.lowercased()
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0).map(String.init) == String($0) }
    }

    /// The same for a Host header, which may have a port.
    package static func contains(authority: String) -> Bool {
        if authority.hasPrefix("[") { return contains(authority) }
        return contains(authority.prefix { $0 != ":" })
    }
}

/// Names and addresses that only this machine has.
package enum Loopback {
    /// `host` without a port; an IPv6 address may stand in brackets.
    package static func contains(_ host: some StringProtocol) -> Bool {
        if host.hasPrefix("[") != host.hasSuffix("]") { return false }
        let isBracketed = host.hasPrefix("[")
        let host = (isBracketed ? host.dropFirst().dropLast() : host[...]).lowercased()
        if isBracketed { return host == "::1" }
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0).map(String.init) == String($0) }
    }

    /// The same for a Host header, which may have a port.
    package static func contains(authority: String) -> Bool {
        let isBracketed = authority.hasPrefix("[")
        let end =
            isBracketed ? authority.firstIndex(of: "]").map(authority.index(after:)) : authority.firstIndex(of: ":")
        let host = authority[..<(end ?? authority.endIndex)]
        let port = authority[host.endIndex...]
        guard port.isEmpty || (port.first == ":" && port.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }) else {
            return false
        }
        return contains(host)
    }
}

/// The rules about where a provider may be called. Each is one sentence of a refusal.
package enum CallRule: String, CaseIterable, Sendable {
    case characters
    case scheme
    case userinfo
    case host
    case port
    case path
    case allowed
    case address
    case redirects
    case downgrade
    case headers
    case size

    package var sentence: String {
        switch self {
        case .characters: "an address is of printable ASCII characters, without space, backslash or fragment"
        case .scheme: "only https is called, and http only on this machine"
        case .userinfo: "an address has no user name and no password in it"
        case .host: "a host is a lower-case name, or an address in its usual form"
        case .port: "a port is a number from 1 to 65535 without leading zeros"
        case .path: "a path has no dot segments"
        case .allowed: "only the hosts and ports of the connection's own endpoints are called"
        case .address: "no name may lead to an address of a private or special network"
        case .redirects: "at most three redirects are followed"
        case .downgrade: "https does not lead to http"
        case .headers:
            "a request's own headers are tokens with printable values, and not those of the connection itself"
        case .size: "an answer is at most 1 MiB, with at most 64 KiB of headers"
        }
    }
}

/// Why a call is not made, or its answer is not taken.
package struct CallRefusal: Error, Hashable, Sendable {
    package let rule: CallRule
    /// What was found, as it came: not yet redacted.
    package let found: String

    package init(_ rule: CallRule, _ found: String) {
        self.rule = rule
        self.found = found
    }

    var text: String { "\(rule.sentence): \(found)" }
}

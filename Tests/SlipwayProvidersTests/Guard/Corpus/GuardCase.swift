import SlipwayProviders
import Testing

/// One attempt to have a provider called where it must not be, or one call that has to go through.
struct GuardCase: Sendable, CustomTestStringConvertible {
    /// What the request asks for.
    let url: String
    /// Where the first answer redirects to, when the attempt is made that way.
    var location: String?
    /// What each look-up of a name answers, in turn; the last goes on for ever.
    var answers: [[String]] = [[Self.publicAddress]]
    /// The connection's endpoints.
    var endpoints = Self.endpoints
    var isLocal = false
    /// The rule that refuses it; nil when it has to pass.
    let refusedBy: CallRule?

    /// In no block that is refused.
    static let publicAddress = "93.184.216.34"
    static let endpoints = ["https://login.provider.example", "https://graph.provider.example:8443/v1"]

    static func refused(_ rule: CallRule, _ urls: [String]) -> [GuardCase] {
        urls.map { GuardCase(url: $0, refusedBy: rule) }
    }

    static func passed(_ urls: [String]) -> [GuardCase] {
        urls.map { GuardCase(url: $0, refusedBy: nil) }
    }

    /// The URL is one of the connection's own endpoints: whoever wrote these down is not to be trusted either.
    static func listed(_ rule: CallRule?, _ urls: [String], isLocal: Bool = false) -> [GuardCase] {
        urls.map { GuardCase(url: $0, endpoints: [$0], isLocal: isLocal, refusedBy: rule) }
    }

    /// The name is right, and leads to these addresses.
    static func resolved(_ rule: CallRule?, _ addresses: [String], isLocal: Bool = false) -> [GuardCase] {
        addresses.map { address in
            GuardCase(
                url: "https://login.provider.example/token", answers: [address.split(separator: " ").map(String.init)],
                isLocal: isLocal, refusedBy: rule)
        }
    }

    /// The first server is right, and sends its caller on.
    static func redirected(_ rule: CallRule?, _ locations: [String]) -> [GuardCase] {
        locations.map {
            GuardCase(url: "https://login.provider.example/start/here", location: $0, refusedBy: rule)
        }
    }

    static let all =
        schemes + userinfo + characters + hosts + numbers + ports + paths + literals + edges + translated
        + several + local + redirects + rebinding + passing

    var testDescription: String {
        var text = url.unicodeScalars.map {
            $0.isASCII && $0.value >= 0x20 ? String($0) : "\\u{\(String($0.value, radix: 16))}"
        }.joined()
        if let location { text += " → \(location)" }
        if answers != [[Self.publicAddress]] { text += " at \(answers.map { $0.joined(separator: " ") })" }
        return text + (isLocal ? " locally" : "")
    }
}

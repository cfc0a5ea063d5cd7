package import SlipwaySQL

/// Where a PostgreSQL is: a `postgres://` URL, which may carry a password that is never shown.
package struct PostgresAddress: Sendable, Equatable {
    private let url: String

    /// Takes `postgres://` and `postgresql://` URLs; throws `misuse` for anything else.
    package init(_ url: String) throws(DatabaseError) {
        guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") else {
            throw .misuse("a target is a postgres:// URL, such as postgres://user@host:5432/database")
        }
        self.url = url
    }

    /// What libpq is given: the URL with Slipway's name, and a limit on how long a dead host may keep us.
    package var connectionString: String {
        let separator = url.contains("?") ? "&" : "?"
        var options = "application_name=slipway"
        if !url.contains("connect_timeout=") { options += "&connect_timeout=10" }
        return url + separator + options
    }

    /// The URL without its password, wherever it stands: what may be shown, logged and written to a manifest.
    package var redacted: String {
        var text = url[...]
        var scheme = ""
        if let end = text.firstRange(of: "://")?.upperBound {
            scheme = String(text[..<end])
            text = text[end...]
        }
        let authorityEnd = text.firstIndex { $0 == "/" || $0 == "?" } ?? text.endIndex
        var authority = text[..<authorityEnd]
        if let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") {
            authority = authority[..<colon] + authority[at...]
        }
        return scheme + authority + Self.withoutSecrets(text[authorityEnd...])
    }

    private static func withoutSecrets(_ rest: Substring) -> String {
        guard let question = rest.firstIndex(of: "?") else { return String(rest) }
        let kept = rest[rest.index(after: question)...].split(separator: "&").filter { pair in
            let key = pair.prefix { $0 != "=" }.lowercased()
            return !["password", "sslpassword", "passfile", "sslkey"].contains(key)
        }
        let path = String(rest[..<question])
        return kept.isEmpty ? path : path + "?" + kept.joined(separator: "&")
    }
}

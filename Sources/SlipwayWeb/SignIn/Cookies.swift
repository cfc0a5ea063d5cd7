/// The two cookies there are. Both are the host's own: sent over TLS alone (or to this machine), for every path, to no
/// script and from no other site's forms.
enum Cookies {
    static let session = "__Host-slipway"
    static let login = "__Host-slipway-login"

    /// The value of a cookie; nil when it is not there, or stands there more than once with different values.
    static func value(_ name: String, in headers: [String: String]) -> String? {
        // Several Cookie headers are one list, parted by commas where one header parts by semicolons.
        let pairs = (headers["cookie"] ?? "").split { $0 == ";" || $0 == "," }
        let values = pairs.compactMap { pair -> Substring? in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { return nil }
            return parts[1]
        }
        guard let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
        return String(first)
    }

    static func set(_ name: String, _ value: String, seconds: Int64? = nil) -> String {
        let age = seconds.map { "; Max-Age=\($0)" } ?? ""
        return "\(name)=\(value)\(age); Path=/; Secure; HttpOnly; SameSite=Lax"
    }

    static func clear(_ name: String) -> String { set(name, "", seconds: 0) }
}

/// Where an answer sends its reader, worked out from the URL it came from.
enum Redirect {
    static let mostHops = 3

    /// Nil when the answer is none that is followed: another status, another method, or no place named.
    static func url(from target: CallTarget, after response: ProviderResponse, to request: ProviderRequest) -> String? {
        guard request.method == .get, [301, 302, 303, 307, 308].contains(response.status),
            let location = response.header("Location"), !location.isEmpty
        else { return nil }
        return resolved(location, against: target)
    }

    /// RFC 3986 §5.2 without the removal of dot segments: a URL with any is refused when it is read.
    static func resolved(_ location: String, against target: CallTarget) -> String {
        let place = location.utf8.firstIndex(of: UInt8(ascii: "#")).map { String(location[..<$0]) } ?? location
        let scheme = target.origin.isPlain ? "http:" : "https:"
        let origin = "\(scheme)//\(target.authority)"
        let path = String(target.pathAndQuery.prefix { $0 != "?" })
        if hasScheme(place) { return place }
        if place.hasPrefix("//") { return scheme + place }
        if place.hasPrefix("/") { return origin + place }
        if place.hasPrefix("?") { return origin + path + place }
        if place.isEmpty { return origin + target.pathAndQuery }
        return origin + path[...(path.lastIndex(of: "/") ?? path.startIndex)] + place
    }

    /// Whether a colon comes before anything that ends a scheme.
    private static func hasScheme(_ text: String) -> Bool {
        text.first { ":/?#".contains($0) } == ":"
    }

    /// The same question elsewhere: without a body, and with another server without what was meant for the first.
    static func request(_ request: ProviderRequest, to url: String, isSameOrigin: Bool) -> ProviderRequest {
        var next = request
        next.url = url
        next.body = nil
        if !isSameOrigin { next.authorization = nil }
        return next
    }
}

import SlipwayDomain

/// What an endpoint answers.
struct Reply: Sendable {
    enum Body: Sendable {
        case none
        case json(JSONValue, mediaType: String)
        case bytes([UInt8], mediaType: String)
        case html(HTMLPage)
        case events(EventFeed)
    }

    var status: Int
    var headers: [String: String]
    var body: Body
    /// Values of Set-Cookie.
    var cookies: [String] = []

    init(_ status: Int, headers: [String: String] = [:], _ body: Body = .none) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    static func json(_ value: JSONValue, status: Int = 200, headers: [String: String] = [:]) -> Reply {
        Reply(status, headers: headers, .json(value, mediaType: "application/json"))
    }
}

/// Server-sent events: `next` gives the text of the next ones, empty while there is nothing new, nil at the end.
struct EventFeed: Sendable {
    let next: @Sendable () async throws -> String?
}

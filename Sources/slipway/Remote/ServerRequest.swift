/// One request to a server elsewhere, without who it is from.
struct ServerRequest: Sendable {
    let method: String
    /// From the slash on, with the query.
    private(set) var path: String
    var headers: [(name: String, value: String)] = []
    /// JSON.
    private(set) var body: [UInt8]?

    static let client = ServerRequest(checked: "/auth/client")
    static let identity = ServerRequest(checked: "/auth/me")

    /// Throws for a method or a path that cannot stand in a request's first line as it is.
    init(_ method: String, _ path: String) throws(CommandFailure) {
        guard !method.isEmpty, method.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw CommandFailure(status: .usage, description: "\(method) is no method: there are GET, POST and others")
        }
        guard path.hasPrefix("/"), path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !path.contains("#") else {
            throw CommandFailure(
                status: .usage, description: "\(path) is no path: it begins with a slash, such as /api/v1/runs")
        }
        self.method = method
        self.path = path
    }

    private init(checked path: String) {
        method = "GET"
        self.path = path
    }

    /// Whether it only reads, so that fields belong to its query and it has no body.
    var isRead: Bool { method == "GET" || method == "HEAD" }

    /// Adds fields where they belong.
    mutating func add(_ fields: RequestFields) throws(CommandFailure) {
        guard !fields.isEmpty else { return }
        guard isRead else {
            body = fields.body
            return
        }
        path += (path.contains("?") ? "&" : "?") + (try fields.query())
    }

    mutating func add(body: [UInt8]) throws(CommandFailure) {
        guard !isRead else {
            throw CommandFailure(status: .usage, description: "a \(method) has no body")
        }
        self.body = body
    }

    /// `Name: value`. Who is there is said by the login, and by nothing else.
    mutating func add(header: String) throws(CommandFailure) {
        let parts = header.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.allSatisfy(Self.isName),
            header.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else {
            throw CommandFailure(status: .usage, description: "--header is NAME: VALUE, not \(header)")
        }
        guard !["authorization", "host", "content-length", "cookie"].contains(parts[0].lowercased()) else {
            throw CommandFailure(status: .usage, description: "\(parts[0]) is not given as a header here")
        }
        headers.append((parts[0], String(parts[1].drop { $0 == " " })))
    }

    /// Whether its headers say who it is from, as a server in mode mock-auth-header believes it.
    var namesActor: Bool { headers.contains { $0.name.lowercased() == "x-slipway-actor" } }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
        default: false
        }
    }
}

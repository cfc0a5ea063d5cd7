import SlipwayDomain
import Testing

@testable import slipway

/// What a person writes, and what is asked of which server for it.
@Suite struct ServerRequestTests {
    typealias Status = slipway.ExitStatus

    static let addresses: [(String, String)] = [
        ("https://slipway.example.com", "https://slipway.example.com"),
        ("HTTPS://Slipway.Example.com:443/", "https://slipway.example.com"),
        ("https://slipway.example.com:8443", "https://slipway.example.com:8443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("http://localhost:80", "http://localhost"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
    ]

    @Test(arguments: addresses)
    func `a server has one name`(_ text: String, _ name: String) throws {
        #expect(try ServerAddress(text).description == name)
    }

    static let wrong: [(String, Status)] = [
        ("http://slipway.example.com", .refused), ("http://127.0.0.1.example.com", .refused),
        ("http://10.0.0.7:8080", .refused), ("slipway.example.com", .usage), ("ftp://localhost", .usage),
        ("https://", .usage), ("https://slipway.example.com/console", .usage),
        ("https://a@slipway.example.com", .usage),
        ("https://slipway.example.com?a", .usage), ("https://slipway.example.com#", .usage),
        ("https://slipway.example.com:99999", .usage), ("", .usage),
    ]

    @Test(arguments: wrong)
    func `no token goes to`(_ text: String, _ status: Status) {
        let failure = #expect(throws: CommandFailure.self) { _ = try ServerAddress(text) }
        #expect(failure?.status == status)
    }

    @Test func `fields are text or JSON, and stand in the body or the query`() throws {
        let texts = ["tenant=Con=toso & Co", "providerConnectionId:=7", #"target:={"key":"a"}"#, "empty=", ":=:"]
        var post = try ServerRequest("POST", "/a")
        try post.add(RequestFields(texts))
        #expect(
            try JSONValue(parsing: post.body ?? []) == [
                "tenant": "Con=toso & Co", "providerConnectionId": 7, "target": ["key": "a"], "empty": "", ":": ":",
            ])
        var get = try ServerRequest("GET", "/a?limit=2")
        try get.add(RequestFields(["tenant=Con=toso & Co", "after=é+"]))
        #expect(get.path == "/a?limit=2&tenant=Con%3Dtoso%20%26%20Co&after=%C3%A9%2B" && get.body == nil)
        #expect(throws: CommandFailure.self) { try get.add(RequestFields(["limit:=2"])) }
        #expect(throws: CommandFailure.self) { try get.add(body: []) }
    }

    @Test(arguments: [["a"], ["=b"], ["a:={"], ["a=1", "a=2"], ["a=1", "a:=1"]])
    func `a field that cannot be read is refused`(_ texts: [String]) {
        #expect(throws: CommandFailure.self) { _ = try RequestFields(texts) }
    }

    @Test func `a request's first line and its headers are what they seem`() throws {
        for (method, path) in [
            ("GE T", "/"), ("", "/"), ("get", "/"), ("GET", "a"), ("GET", ""), ("GET", "/a b"), ("GET", "/a\r\nb"),
            ("GET", "/a#b"), ("GET", "/é"), ("GET", "@evil.test/"),
        ] {
            #expect(throws: CommandFailure.self, "\(method) \(path)") { _ = try ServerRequest(method, path) }
        }
        var request = try ServerRequest("GET", "/a")
        for header in ["", "a", ": b", "a b: c", "a: b\r\nc: d", "Authorization: Bearer a", "host: b", "Cookie: c"] {
            #expect(throws: CommandFailure.self, "\(header)") { try request.add(header: header) }
        }
        #expect(request.headers.isEmpty && !request.namesActor)
        try request.add(header: "x-slipway-actor: olena:1")
        #expect(request.namesActor && request.headers[0].value == "olena:1")
    }

    static let statuses: [(answers: [Int], status: Status?)] = [
        ([200, 202, 204], nil), ([303, 400, 404, 413, 415], .usage), ([401, 403], .refused), ([409, 412], .busy),
        ([422], .blocked), ([429, 502, 503, 504], .unreachable), ([500, 501], .fault),
    ]

    @Test(arguments: statuses)
    func `a script is told what the server said`(_ answers: [Int], _ status: Status?) {
        for answer in answers { #expect(Status(answeredWith: answer) == status, "\(answer)") }
    }

    @Test func `what a server says cannot steer the terminal`() throws {
        let body = Array(#"{"title": "No\u001b[2J", "detail": "a\u0007b\u009bc\nd"}"#.utf8)
        let failure = ServerAnswer(status: 403, body: body).failure(of: try ServerAddress("https://a.test"))
        #expect(failure?.description == "https://a.test answered 403: No[2J. abcd")
    }
}

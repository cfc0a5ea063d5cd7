import HTTPTypes
import SlipwayDomain
import SlipwayOperations
import SlipwayTesting
import Testing

/// Requests with a session in mode `oidc` that a page of somebody else's, a thief or a careless program would send.
@Suite(.timeLimit(.minutes(15))) struct BadRequestTests {
    private static let start = "/api/v1/operations/test.sync/starts"
    private static let body = #"{"tenant": "tenant 1", "target": {"key": "one"}}"#
    private static let (own, other) = ("session-of-olena", "session-of-marek")

    private struct Bad {
        let name: String
        var method = HTTPRequest.Method.post
        var path = start
        var headers: [String: String]
        var body: String? = BadRequestTests.body
        var statuses: Set<Int>
    }

    @Test func `a good request is answered, so that the others can fail`() async throws {
        let oidc = OIDCFixture()
        try await WebFixture.with(signIn: oidc) { web in
            try await oidc.session(Self.own, for: "olena", web.fixture)
            let good = Self.good(oidc)
            #expect(try await web.send(.post, Self.start, good, actor: nil, body: Self.body).status == 202)
            var fetched = good
            fetched["Origin"] = nil
            fetched["Sec-Fetch-Site"] = "same-origin"
            #expect(try await web.send(.post, Self.start, fetched, actor: nil, body: Self.body).status == 202)
            #expect(try await web.get("/", ["Cookie": "a=b; __Host-slipway=\(Self.own)"], actor: nil).status == 200)
        }
    }

    @Test func `no bad request is answered, starts anything, or is a fault`() async throws {
        let oidc = OIDCFixture()
        try await WebFixture.with(signIn: oidc) { web in
            try await oidc.session(Self.own, for: "olena", web.fixture)
            try await oidc.session(Self.other, for: "marek", role: .viewer, web.fixture)
            let all = Self.forged(oidc) + Self.spoofed(oidc) + Self.sessions(oidc) + Self.paths
            #expect(all.count >= 40, "\(all.count)")
            for bad in all {
                let answer = try await web.send(bad.method, bad.path, bad.headers, actor: nil, body: bad.body)
                #expect(bad.statuses.contains(answer.status), "\(bad.name): \(answer.status) \(answer.text)")
            }
            #expect(try await web.fixture.count("operation_runs") == 0)
            #expect(try await web.fixture.count("sessions") == 2)
        }
    }

    @Test func `a session ends when it is idle, with its time, with a sign-out and with its member`() async throws {
        let oidc = OIDCFixture()
        try await WebFixture.with(signIn: oidc) { web in
            func status(_ session: String) async throws -> Int {
                try await web.get("/auth/me", ["Cookie": "__Host-slipway=\(session)"], actor: nil).status
            }
            try await oidc.session("idle", for: "a", web.fixture)
            try await oidc.session("busy", for: "b", web.fixture)
            for _ in 0..<24 {
                web.fixture.clock.advance(seconds: 29 * 60)
                #expect(try await status("busy") == 200)
            }
            #expect(try await status("idle") == 401)
            web.fixture.clock.advance(seconds: 29 * 60)
            #expect(try await status("busy") == 401, "twelve hours are all there is")
            try await oidc.session("closed", for: "c", web.fixture)
            try await oidc.sessions(web.fixture).close("closed")
            #expect(try await status("closed") == 401)
            try await oidc.session("revoked", for: "d", web.fixture)
            let identity = Identity(issuer: OIDCFixture.issuer, subject: "d")
            #expect(try await oidc.sessions(web.fixture).closeAll(of: identity, web.fixture.context()) == 1)
            #expect(try await status("revoked") == 401)
        }
    }

    private static func good(_ oidc: OIDCFixture) -> [String: String] {
        [
            "Cookie": "__Host-slipway=\(own)", "Origin": OIDCFixture.origin,
            "X-Slipway-CSRF": oidc.formToken(of: own),
        ]
    }

    /// Written by somebody else's page, with the cookie that the browser adds.
    private static func forged(_ oidc: OIDCFixture) -> [Bad] {
        let token = oidc.formToken(of: own)
        let changes: [(String, [String: String?])] = [
            ("nothing but the cookie", ["Origin": nil, "X-Slipway-CSRF": nil]), ("no origin", ["Origin": nil]),
            ("no token", ["X-Slipway-CSRF": nil]), ("another host", ["Origin": "http://evil.example:8080"]),
            ("another port", ["Origin": "http://localhost:8081"]),
            ("another scheme", ["Origin": "https://localhost:8080"]),
            ("a name below ours", ["Origin": "http://a.localhost:8080"]),
            ("a name that begins as ours", ["Origin": "http://localhost:8080.evil.example"]),
            ("a slash too many", ["Origin": "http://localhost:8080/"]), ("null", ["Origin": "null"]),
            ("upper case", ["Origin": "HTTP://LOCALHOST:8080"]),
            ("two origins", ["Origin": "http://localhost:8080 null"]),
            ("from another site", ["Origin": nil, "Sec-Fetch-Site": "cross-site"]),
            ("from a site beside", ["Origin": nil, "Sec-Fetch-Site": "same-site"]),
            ("typed by hand", ["Origin": nil, "Sec-Fetch-Site": "none"]),
            (
                "another origin, and yet same-origin",
                ["Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"]
            ),
            ("another session's token", ["X-Slipway-CSRF": oidc.formToken(of: other)]),
            ("half a token", ["X-Slipway-CSRF": String(token.prefix(32))]), ("an empty token", ["X-Slipway-CSRF": ""]),
            ("a token and more", ["X-Slipway-CSRF": token + "00"]),
            ("no hex", ["X-Slipway-CSRF": "zz" + token.dropFirst(2)]),
            ("the session's name as token", ["X-Slipway-CSRF": own]),
        ]
        let headers = changes.map { name, change in
            let headers = good(oidc).mapValues(Optional.some).merging(change) { $1 }
            return Bad(name: name, headers: headers.compactMapValues(\.self), statuses: [403])
        }
        let bare = ["Cookie": "__Host-slipway=\(own)"]
        return headers + [
            Bad(
                name: "the token in the body", headers: good(oidc).filter { $0.key != "X-Slipway-CSRF" },
                body: #"{"csrf": "\#(token)"}"#, statuses: [403]),
            Bad(name: "a sign-out from elsewhere", path: "/auth/logout", headers: bare, body: nil, statuses: [403]),
            Bad(
                name: "a sign-out by a link", method: .get, path: "/auth/logout", headers: bare, body: nil,
                statuses: [405]),
            Bad(
                name: "a form for JSON", headers: good(oidc).merging(["Content-Type": "text/plain"]) { $1 },
                statuses: [415]),
            Bad(
                name: "another method in a header", method: .get,
                headers: good(oidc).merging(["X-HTTP-Method-Override": "POST"]) { $1 }, body: nil, statuses: [405]),
        ]
    }

    /// Says who it is by headers that mean nothing here.
    private static func spoofed(_ oidc: OIDCFixture) -> [Bad] {
        let claims: [[String: String]] = [
            ["X-Slipway-Actor": "olena"], ["X-Slipway-Actor": "olena", "X-Slipway-Role": "owner"],
            ["X-Slipway-Role": "owner"], ["X-Forwarded-User": "olena"], ["Remote-User": "olena"],
            ["X-Authenticated-Sub": "olena"], ["Authorization": "Basic b2xlbmE6eA=="], ["Authorization": "Bearer x"],
            ["Authorization": "Bearer e30.e30.e30"], ["Authorization": "Bearer x, Bearer y"],
        ]
        return claims.map { Bad(name: "\($0)", headers: $0, statuses: [401]) }
            + claims.filter {
                $0.keys.contains { $0 != "X-Forwarded-User" && $0 != "Remote-User" && $0 != "X-Authenticated-Sub" }
            }
            .map { Bad(name: "with a session, \($0)", headers: good(oidc).merging($0) { $1 }, statuses: [401]) }
    }

    /// Names a session that is not there, or not in the way it is named.
    private static func sessions(_ oidc: OIDCFixture) -> [Bad] {
        let digest = Digest(sha256Of: own.utf8)
        let cookies = [
            "__Host-slipway=chosen-by-somebody", "__Host-slipway=", "__Host-slipway", "slipway=\(own)",
            "__host-slipway=\(own)", "__Host-slipway-login=\(own)", "__Host-slipway=\(digest.hex)",
            "__Host-slipway=\(own)%20", "__Host-slipway=\(own); __Host-slipway=\(other)", "X__Host-slipway=\(own)",
        ]
        let named = cookies.map { cookie in
            Bad(name: cookie, method: .get, path: "/auth/me", headers: ["Cookie": cookie], body: nil, statuses: [401])
        }
        return named + [
            Bad(
                name: "in the address", method: .get, path: "/auth/me?session=\(own)", headers: [:], body: nil,
                statuses: [400, 401]),
            Bad(
                name: "a callback nobody began", method: .get, path: "/auth/callback?code=a&state=b", headers: [:],
                body: nil, statuses: [400]),
            Bad(
                name: "a callback of another browser", method: .get, path: "/auth/callback?code=a&state=b",
                headers: ["Cookie": "__Host-slipway-login=x; __Host-slipway=\(own)"], body: nil, statuses: [400]),
        ]
    }

    /// Looks for a way past the routes that need an actor.
    private static let paths: [Bad] = [
        "//api/v1/runs", "/api/v1/../v1/runs", "/api/v1/%2e%2e/v1/runs", "/API/V1/RUNS", "/api/v1/runs;x=1",
        "/api/v1/runs%00", "/api/v1/runs%2f1", "/health/../api/v1/runs", "/runbook/../api/v1/runs",
        "/runbook/..%2fapi%2fv1%2fruns", "/api/v1/./runs", "/api/v1/runs/", "/api//v1/runs",
        "/openapi.json/../api/v1/runs",
        "/auth/login/../me", "/auth/me%20", "/auth/%6de",
    ].map { Bad(name: $0, method: .get, path: $0, headers: [:], body: nil, statuses: [401, 404]) }
}

import SlipwayDomain
import SlipwayProviders
import SlipwayTesting
import Testing

/// What goes onto the wire.
@Suite(.timeLimit(.minutes(15))) struct RequestMessageTests {
    @Test func `a request is sent as it was made`() async throws {
        let body = ProviderRequest.Body(type: "application/x-www-form-urlencoded", SecretBytes("a=b&c=d"))
        let request = ProviderRequest(
            .post, "/token?x=1", headers: [.init("X-Marker", "m"), .init("Accept", "text/plain")],
            authorization: SecretBytes("Basic abc"), body: body)
        try await GuardServer.with(.answer([GuardServer.text("200 OK")])) { server in
            _ = try await outcome(request, server).get()
            let sent = try #require(server.requests.first)
            #expect(sent.hasPrefix("POST /token?x=1 HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"))
            #expect(sent.hasSuffix("\r\n\r\na=b&c=d"))
            for line in [
                "X-Marker: m", "Accept: text/plain", "Authorization: Basic abc", "Content-Length: 7",
                "Connection: close",
                "Content-Type: application/x-www-form-urlencoded", "Accept-Encoding: identity", "User-Agent: slipway",
            ] { #expect(sent.contains("\r\n\(line)\r\n"), "\(line) in \(sent)") }
            #expect(!sent.lowercased().contains("cookie"))
        }
    }

    @Test(arguments: [
        ProviderRequest.Header("Host", "evil.example"), .init("host", "x"), .init("Authorization", "Bearer x"),
        .init("Cookie", "a=b"), .init("Content-Length", "5"), .init("Transfer-Encoding", "chunked"),
        .init("Connection", "x"),
        .init("Upgrade", "h2c"), .init("X-A", "b\r\nX-C: d"), .init("X-A", "b\nc"), .init("X-A", "b\u{0}"),
        .init("X A", "b"),
        .init("X-A:", "b"), .init("", "b"), .init("X-A\r\nX-B", "c"), .init("X-A", "caf\u{E9}"),
        .init("Proxy-Authorization", "x"),
    ])
    func `a header that is not the request's to set is refused`(_ header: ProviderRequest.Header) async throws {
        try await expectRefused(ProviderRequest(.get, "/", headers: [header]))
    }

    @Test func `neither credential nor type can carry a second line`() async throws {
        try await expectRefused(ProviderRequest(.get, "/", authorization: SecretBytes("Bearer x\r\nX-Evil: 1")))
        let body = ProviderRequest.Body(type: "text/plain\r\nX-Evil: 1", SecretBytes("x"))
        try await expectRefused(ProviderRequest(.post, "/", body: body))
    }

    private func expectRefused(_ request: ProviderRequest) async throws {
        try await GuardServer.with(.answer([GuardServer.text("200 OK")])) { sentinel in
            let outcome = try await outcome(request, sentinel)
            guard case .failure(.forbidden(let text)) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(text.hasPrefix(CallRule.headers.sentence))
            #expect(sentinel.connections == 0)
        }
    }

    /// The request's URL is a path here.
    private func outcome(
        _ request: ProviderRequest, _ server: GuardServer
    ) async throws -> Result<ProviderResponse, CallFailure> {
        let calls = GuardedCalls(
            tls: try TestCertificate.trusting, clock: ManualClock(), limits: GuardFixture.patientLimits)
        let origin = "http://127.0.0.1:\(server.port)"
        var request = request
        request.url = origin + request.url
        return await GuardFixture.outcome(calls, request, for: GuardFixture.access([origin], isLocal: true))
    }
}

import SlipwayDomain
import SlipwayProviders
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct RedirectTests {
    private static let authorization = "Bearer of-the-connection-1"

    @Test func `three redirects are followed, and a fourth is not`() async throws {
        let redirect = GuardServer.text("302 Found", ["Location: /next"])
        let right = GuardServer.text("200 OK")
        let (three, asked) = try await outcome([redirect, redirect, redirect, right])
        #expect(try three.get().status == 200)
        #expect(asked.count == 4)
        let (four, askedAgain) = try await outcome([redirect, redirect, redirect, redirect, right])
        guard case .failure(.forbidden(let text)) = four else { return #expect(Bool(false), "\(four)") }
        #expect(text.hasPrefix(CallRule.redirects.sentence))
        #expect(askedAgain.count == 4)
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `each kind of redirect is followed with GET`(_ status: Int) async throws {
        let (outcome, asked) = try await outcome([
            GuardServer.text("\(status) Moved", ["Location: next?a=b"]), GuardServer.text("200 OK"),
        ])
        #expect(try outcome.get().status == 200)
        #expect(asked.last?.hasPrefix("GET /v1/next?a=b HTTP/1.1\r\n") == true)
    }

    @Test(arguments: [ProviderRequest.Method.post, .put, .patch, .delete])
    func `what changes something is not sent on`(_ method: ProviderRequest.Method) async throws {
        let (outcome, asked) = try await outcome(
            [GuardServer.text("307 Moved", ["Location: /next"]), GuardServer.text("200 OK")], method: method)
        #expect(try outcome.get().status == 307)
        #expect(asked.count == 1)
    }

    @Test(arguments: ["300 Many", "304 Same", "305 Proxy", "200 OK"])
    func `a place named in another answer is not gone to`(_ status: String) async throws {
        let (outcome, asked) = try await outcome([GuardServer.text(status, ["Location: /next"])])
        #expect(try outcome.get().header("Location") == "/next")
        #expect(asked.count == 1)
    }

    @Test func `the same server is shown the credential again`() async throws {
        let (_, asked) = try await outcome([
            GuardServer.text("302 Found", ["Location: /next"]), GuardServer.text("200 OK"),
        ])
        #expect(asked.map { $0.contains(Self.authorization) } == [true, true])
    }

    /// Not on the way there, and not when the way leads back.
    @Test func `another server is not shown the credential`() async throws {
        let other = try await GuardServer.with(.hang) { $0.port }
        try await GuardServer.with(
            .answer([GuardServer.text("302 Found", ["Location: http://127.0.0.1:\(other)/back"])])
        ) { first in
            try await GuardServer.with(.answer([GuardServer.text("200 OK")])) { second in
                let urls = ["http://127.0.0.1:\(first.port)/v1", "http://127.0.0.1:\(other)"]
                let dialer = ForwardingDialer(to: first.port, second.port)
                let outcome = try await send(.get, urls, dialer)
                #expect(try outcome.get().status == 200)
                #expect(first.requests.first?.contains(Self.authorization) == true)
                #expect(second.requests.first?.contains("Authorization") == false)
                #expect(second.requests.first?.contains("Host: 127.0.0.1:\(other)\r\n") == true)
            }
        }
    }

    @Test func `https does not lead to http, even on this machine`() async throws {
        let plain = "http://localhost:8080"
        let redirect = GuardServer.text("302 Found", ["Location: \(plain)/"])
        try await GuardServer.with(.answer([redirect]), tls: TestCertificate.serverContext()) { first in
            try await GuardServer.with(.answer([GuardServer.text("200 OK")])) { sentinel in
                let outcome = try await send(
                    .get, ["https://login.provider.example/", plain],
                    ForwardingDialer(to: first.port, sentinel.port))
                guard case .failure(.forbidden(let text)) = outcome else {
                    Issue.record("\(outcome)")
                    return
                }
                #expect(text.hasPrefix(CallRule.downgrade.sentence))
                #expect(sentinel.connections == 0)
                #expect(first.connections == 1)
            }
        }
    }

    @Test func `what a refused redirect would have given away is redacted`() async throws {
        let (outcome, _) = try await outcome(
            Array(
                repeating: GuardServer.text("302 Found", ["Location: /again?t=\(GuardFixture.secret)&code=abc123"]),
                count: 5))
        guard case .failure(.forbidden(let text)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(text.contains("/again?t=‹redacted›&code=‹redacted›"), "\(text)")
        #expect(!text.contains(GuardFixture.secret) && !text.contains("abc123"))
    }

    private func outcome(
        _ answers: [String], method: ProviderRequest.Method = .get
    ) async throws -> (Result<ProviderResponse, CallFailure>, requests: [String]) {
        try await GuardServer.with(.answer(answers)) { server in
            let outcome = try await send(method, ["http://127.0.0.1:\(server.port)/v1/"], SocketDialer())
            return (outcome, server.requests)
        }
    }

    /// To the first of the endpoints.
    private func send(
        _ method: ProviderRequest.Method, _ endpoints: [String], _ dialer: any Dialing
    ) async throws -> Result<ProviderResponse, CallFailure> {
        let calls = GuardedCalls(
            tls: try TestCertificate.trusting, clock: ManualClock(), resolver: ScriptedResolver([["127.0.0.1"]]),
            dialer: dialer, limits: GuardFixture.patientLimits)
        let request = ProviderRequest(method, endpoints[0], authorization: SecretBytes(Self.authorization))
        return await GuardFixture.outcome(calls, request, for: GuardFixture.access(endpoints, isLocal: true))
    }
}

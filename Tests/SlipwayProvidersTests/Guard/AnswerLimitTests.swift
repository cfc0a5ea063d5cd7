import SlipwayDomain
import SlipwayProviders
import SlipwayTesting
import Testing

/// What a provider may answer with, and how much of it.
@Suite(.timeLimit(.minutes(15))) struct AnswerLimitTests {
    private static let most = CallLimits().bodyBytes

    @Test func `the limits are ten seconds and a mebibyte`() {
        #expect(CallLimits().totalMilliseconds == 10_000)
        #expect(Self.most == 1_048_576)
    }

    @Test func `an answer is handed on with its status, headers and body`() async throws {
        let text = GuardServer.text("418 Odd", ["X-Request-Id: r1", "Set-Cookie: a=b"], body: "{\"a\":1}")
        let response = try await outcome(.get, text).get()
        #expect(response.status == 418)
        #expect(response.header("x-request-id") == "r1")
        #expect(response.header("set-cookie") == nil)
        #expect(response.body == Array("{\"a\":1}".utf8))
        #expect(response.certificate == nil)
    }

    @Test func `the largest body that is allowed comes whole`() async throws {
        let body = String(repeating: "a", count: Self.most)
        #expect(try await outcome(.get, GuardServer.text("200 OK", body: body)).get().body.count == Self.most)
    }

    @Test func `a body that only ends with the connection comes whole`() async throws {
        #expect(try await outcome(.get, "HTTP/1.1 200 OK\r\n\r\nabc").get().body == Array("abc".utf8))
    }

    @Test func `what was compressed without being asked for is not unpacked`() async throws {
        let response = try await outcome(.get, GuardServer.text("200 OK", ["Content-Encoding: gzip"], body: "raw"))
            .get()
        #expect(response.body == Array("raw".utf8))
    }

    static let tooLarge = [
        "HTTP/1.1 200 OK\r\nContent-Length: \(most + 1)\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "a", count: most + 1),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(String(most + 1, radix: 16))\r\n"
            + String(repeating: "a", count: most + 1) + "\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Long: " + String(repeating: "a", count: CallLimits().headerBytes) + "\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + String(repeating: "X-Many: aaaaaaaaaa\r\n", count: 5000) + "\r\n",
    ]

    @Test(arguments: tooLarge.indices)
    func `more than that is refused, declared or not`(_ index: Int) async throws {
        let outcome = try await outcome(.get, Self.tooLarge[index])
        guard case .failure(.forbidden(let text)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(text.hasPrefix(CallRule.size.sentence))
    }

    @Test(arguments: tooLarge.indices)
    func `after a change, too large an answer leaves open what was done`(_ index: Int) async throws {
        let outcome = try await outcome(.post, Self.tooLarge[index])
        guard case .failure(.noAnswer(let text)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(text.hasPrefix(CallRule.size.sentence))
    }

    /// However busy the machine is: a call that is cut before it sent anything is tried again with more time.
    @Test func `a body that does not end does not outlast the call`() async throws {
        for milliseconds in [100, 400, 1600, 6400, 25_600] {
            let half = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na"
            let failure = try await GuardServer.with(.answer([half])) { server in
                try await outcome(.get, server, milliseconds: milliseconds).failure
            }
            if failure == .noAnswer("no answer in time") { return }
            #expect(failure == .notSent("no answer in time"))
        }
        Issue.record("nothing was ever sent")
    }

    private func outcome(
        _ method: ProviderRequest.Method, _ text: String
    ) async throws -> Result<ProviderResponse, CallFailure> {
        try await GuardServer.with(.breakOff(text)) { server in try await outcome(method, server) }
    }

    private func outcome(
        _ method: ProviderRequest.Method, _ server: GuardServer, milliseconds: Int = GuardFixture.patience
    ) async throws -> Result<ProviderResponse, CallFailure> {
        let calls = GuardedCalls(
            tls: try TestCertificate.trusting, clock: ManualClock(), limits: GuardFixture.patientLimits)
        let url = "http://127.0.0.1:\(server.port)"
        return await GuardFixture.outcome(
            calls, ProviderRequest(method, url), for: GuardFixture.access([url], isLocal: true),
            milliseconds: milliseconds)
    }
}

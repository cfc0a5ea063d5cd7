import SlipwayDomain
import SlipwayProviders
import SlipwayTesting
import Testing

/// Whether a failure says the truth about what got out: adapters repeat what was not sent, and look after what was.
@Suite(.timeLimit(.minutes(15))) struct SendingTests {
    /// Nothing listens there any more, since a server that did is gone.
    @Test func `a refused connection sent nothing`() async throws {
        let port = try await GuardServer.with(.hang) { $0.port }
        let outcome = try await post(to: port)
        guard case .failure(.notSent(let text)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(text.contains("127.0.0.1"))
    }

    @Test func `a name without addresses sent nothing`() async throws {
        let outcome = try await post(to: 1, at: "lab.provider.example", resolver: ScriptedResolver([]))
        #expect(outcome.failure == .notSent("lab.provider.example:1 has no address"))
    }

    @Test func `a name that nobody knows sent nothing`() async throws {
        let outcome = try await post(to: 1, at: "lab.invalid", resolver: SystemResolver())
        guard case .failure(.notSent(let text)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(text.hasPrefix("lab.invalid: "))
    }

    @Test func `a resolver that is silent sent nothing, and does not outlast the call`() async throws {
        let outcome = try await post(to: 1, at: "lab.provider.example", resolver: SilentResolver(), milliseconds: 50)
        #expect(outcome.failure == .notSent("lab.provider.example: no answer in time"))
    }

    @Test func `a permit that is over sends nothing`() async throws {
        try await GuardServer.with(.hang) { server in
            let outcome = try await post(to: server.port, milliseconds: 0)
            #expect(outcome.failure == .notSent("the call's time is over"))
            #expect(server.connections == 0)
        }
    }

    /// The client cannot know whether the request was read before the end, or not.
    @Test func `a server that hangs up without reading may have got it`() async throws {
        try await GuardServer.with(.closeAtOnce) { server in
            let outcome = try await post(to: server.port)
            guard case .failure(.noAnswer) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(server.connections == 1)
        }
    }

    @Test func `a server that reads and hangs up has it`() async throws {
        try await GuardServer.with(.closeAfterRequest) { server in
            let outcome = try await post(to: server.port)
            guard case .failure(.noAnswer) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(server.requests.count == 1)
            #expect(server.requests.first?.hasSuffix("\r\n\r\n{\"a\":1}") == true)
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "nonsense\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    ])
    func `half an answer is none`(_ text: String) async throws {
        try await GuardServer.with(.breakOff(text)) { server in
            let outcome = try await post(to: server.port)
            guard case .failure(.noAnswer) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(server.requests.count == 1)
        }
    }

    /// However busy the machine is: a call that is cut before it sent anything is tried again with more time.
    @Test func `a server that says nothing does not hold the call beyond its permit`() async throws {
        try await expectCutAfterSending { port, milliseconds in try await post(to: port, milliseconds: milliseconds) }
    }

    @Test func `a call's own limit holds where the permit is longer`() async throws {
        try await expectCutAfterSending { port, milliseconds in
            var limits = CallLimits()
            limits.totalMilliseconds = milliseconds
            return try await post(to: port, limits: limits)
        }
    }

    private func expectCutAfterSending(
        _ call: (_ port: Int, _ milliseconds: Int) async throws -> Result<ProviderResponse, CallFailure>
    ) async throws {
        for milliseconds in [100, 400, 1600, 6400, 25_600] {
            let (failure, requests) = try await GuardServer.with(.hang) { server in
                (try await call(server.port, milliseconds).failure, server.requests.count)
            }
            if failure == .noAnswer("no answer in time"), requests == 1 { return }
            #expect(requests == 0, "\(String(describing: failure)) of what was heard")
        }
        Issue.record("nothing was ever sent")
    }

    @Test func `who is cancelled after sending says that it was sent`() async throws {
        try await GuardServer.with(.hang) { server in
            let failure = try await cancelled(once: { server.requests.count == 1 }) { try await post(to: server.port) }
            #expect(failure == .noAnswer("cancelled"))
        }
    }

    @Test func `who is cancelled before sending says that it was not`() async throws {
        let failure = try await cancelled(once: { true }) {
            try await post(to: 1, at: "lab.provider.example", resolver: SilentResolver())
        }
        #expect(failure == .cancelled)
    }

    @Test func `an address that does not answer leaves the next to be tried`() async throws {
        try await GuardServer.with(.answer([GuardServer.text("200 OK", body: "{}")])) { server in
            let gone = try await GuardServer.with(.hang) { $0.port }
            let dialer = ForwardingDialer(to: gone, server.port)
            let resolver = ScriptedResolver([["127.0.0.2", "127.0.0.3", "127.0.0.4"]])
            let outcome = try await post(to: 8080, at: "lab.provider.example", resolver: resolver, dialer: dialer)
            #expect(try outcome.get().status == 200)
            #expect(dialer.addresses == [IPAddress("127.0.0.2"), IPAddress("127.0.0.3")])
        }
    }

    private func post(
        to port: Int, at host: String = "127.0.0.1", resolver: any NameResolver = ScriptedResolver([]),
        dialer: any Dialing = SocketDialer(), milliseconds: Int = GuardFixture.patience,
        limits: CallLimits = GuardFixture.patientLimits
    ) async throws -> Result<ProviderResponse, CallFailure> {
        let calls = GuardedCalls(
            tls: try TestCertificate.trusting, clock: ManualClock(), resolver: resolver, dialer: dialer, limits: limits)
        let url = "http://\(host):\(port)"
        let body = ProviderRequest.Body(type: "application/json", SecretBytes(#"{"a":1}"#))
        return await GuardFixture.outcome(
            calls, ProviderRequest(.post, url + "/users", body: body), for: GuardFixture.access([url], isLocal: true),
            milliseconds: milliseconds)
    }

    /// Cancels a call as soon as something holds.
    private func cancelled(
        once holds: @escaping @Sendable () -> Bool,
        _ call: @escaping @Sendable () async throws -> Result<ProviderResponse, CallFailure>
    ) async throws -> CallFailure? {
        try await withThrowingTaskGroup(of: Result<ProviderResponse, CallFailure>.self) { group in
            group.addTask { try await call() }
            while !holds() { await Task.yield() }
            group.cancelAll()
            return try await group.next()?.failure
        }
    }
}

extension Result {
    var failure: Failure? {
        guard case .failure(let failure) = self else { return nil }
        return failure
    }
}

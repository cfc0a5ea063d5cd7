import SlipwayDomain
import SlipwayProviders
import SlipwayTesting
import Testing

/// Every case is a real call. What it would connect to wrongly is a sentinel, whichever address it is: that nobody came
/// there is what counts, and not what the call says of itself.
@Suite(.serialized, .timeLimit(.minutes(15))) struct GuardCorpusTests {
    @Test(arguments: GuardCase.all.filter { $0.refusedBy != nil })
    func `nobody comes to where no provider may be called`(_ attempt: GuardCase) async throws {
        try await GuardServer.with(.answer([GuardServer.text("200 OK")])) { sentinel in
            try await withRightServer(for: attempt) { right in
                let resolver = ScriptedResolver(attempt.answers)
                let dialer =
                    attempt.location == nil
                    ? ForwardingDialer(to: sentinel.port) : ForwardingDialer(to: right.port, sentinel.port)
                let outcome = try await outcome(of: attempt, resolver, dialer)
                let rule = try #require(attempt.refusedBy)
                guard case .failure(.forbidden(let text)) = outcome else {
                    Issue.record("\(outcome)")
                    return
                }
                #expect(text.hasPrefix(String(Redactor().excerpt(rule.sentence).prefix(60))), "\(text)")
                #expect(sentinel.connections == 0)
                #expect(right.connections == (attempt.location == nil ? 0 : 1))
                #expect(dialer.addresses.count == right.connections)
            }
        }
    }

    @Test(arguments: GuardCase.all.filter { $0.refusedBy == nil })
    func `whoever may be called is called, at the address that was judged`(_ attempt: GuardCase) async throws {
        try await withRightServer(for: attempt) { right in
            let resolver = ScriptedResolver(attempt.answers)
            let dialer = ForwardingDialer(to: right.port)
            let response = try await outcome(of: attempt, resolver, dialer).get()
            let hops = attempt.location == nil ? 1 : 2
            #expect(response.status == 200)
            #expect(right.connections == hops)
            #expect(dialer.addresses.count == hops)
            // One question a hop, and the connection goes to what it brought.
            #expect(resolver.questions.count <= hops)
            for (index, question) in resolver.questions.enumerated() {
                let answer = attempt.answers[min(index, attempt.answers.count - 1)]
                #expect(IPAddress(answer[0]) == dialer.addresses[index], "\(question)")
            }
        }
    }

    @Test func `there are at least three hundred attempts, of every kind, and no two the same`() {
        let refused = GuardCase.all.filter { $0.refusedBy != nil }
        #expect(refused.count >= 300)
        #expect(GuardCase.all.count - refused.count >= 50)
        #expect(Set(GuardCase.all.map { $0.testDescription + "\($0.endpoints)" }).count == GuardCase.all.count)
        let rules = Set(refused.compactMap(\.refusedBy))
        #expect(rules == Set(CallRule.allCases).subtracting([.redirects, .downgrade, .headers, .size]))
    }

    private func withRightServer(
        for attempt: GuardCase, _ body: (GuardServer) async throws -> Void
    ) async throws {
        let redirect = attempt.location.map { GuardServer.text("302 Found", ["Location: \($0)"]) }
        let tls = try attempt.url.hasPrefix("http:") ? nil : TestCertificate.serverContext()
        try await GuardServer.with(.answer([redirect, GuardServer.text("200 OK")].compactMap(\.self)), tls: tls, body)
    }

    private func outcome(
        of attempt: GuardCase, _ resolver: ScriptedResolver, _ dialer: ForwardingDialer
    ) async throws -> Result<ProviderResponse, CallFailure> {
        let calls = GuardedCalls(
            tls: try TestCertificate.trusting, clock: ManualClock(), resolver: resolver, dialer: dialer,
            limits: GuardFixture.patientLimits)
        let access = GuardFixture.access(attempt.endpoints, isLocal: attempt.isLocal)
        return await GuardFixture.outcome(calls, ProviderRequest(.get, attempt.url), for: access)
    }
}

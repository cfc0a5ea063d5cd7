import Foundation
import SlipwayDomain
import SlipwayProviders
import SlipwayTesting
import Testing

/// Who answers is who was called, or nothing is sent.
@Suite(.timeLimit(.minutes(15))) struct HandshakeTests {
    @Test func `the certificate's fingerprint comes with the answer`() async throws {
        try await withServer { server in
            let response = try await outcome(server, trusting: try TestCertificate.trusting).get()
            #expect(response.certificate == Digest(TestCertificate.fingerprint))
            #expect(server.requests.first?.contains("\r\nHost: login.provider.example\r\n") == true)
        }
    }

    @Test func `an authority that is not trusted is sent nothing`() async throws {
        try await withServer { server in
            try await expectNothingSent(server, trusting: try TrustedTLS())
        }
    }

    @Test func `a certificate for another name is sent nothing`() async throws {
        try await withServer { server in
            try await expectNothingSent(server, at: "other.provider.example", trusting: try TestCertificate.trusting)
        }
    }

    /// The address that is connected to is in the certificate; the name is not, and the name is what counts.
    @Test func `a certificate for the address does not do for the name`() async throws {
        try await withServer { server in
            try await expectNothingSent(server, at: "localhost", trusting: try TestCertificate.trusting)
        }
    }

    @Test func `a server that speaks no TLS is sent nothing`() async throws {
        try await GuardServer.with(.answer([GuardServer.text("200 OK")])) { server in
            try await expectNothingSent(server, trusting: try TestCertificate.trusting, milliseconds: 500)
        }
    }

    @Test func `a server that hangs up before the handshake is sent nothing`() async throws {
        try await GuardServer.with(.closeAtOnce) { server in
            try await expectNothingSent(server, trusting: try TestCertificate.trusting)
        }
    }

    @Test func `a file of authorities is read, and one without any is refused`() async throws {
        try await withTemporaryDirectory { folder in
            let (file, empty) = (folder + "/roots.pem", folder + "/empty.pem")
            try TestCertificate.authority.write(toFile: file, atomically: true, encoding: .utf8)
            try "".write(toFile: empty, atomically: true, encoding: .utf8)
            let tls = try TrustedTLS(additionalRoots: file)
            try await withServer { server in
                let response = try await outcome(server, trusting: tls).get()
                #expect(response.status == 200)
            }
            for wrong in [empty, folder + "/gone.pem"] {
                #expect(throws: (any Error).self) { try TrustedTLS(additionalRoots: wrong) }
            }
        }
    }

    private func expectNothingSent(
        _ server: GuardServer, at name: String = "login.provider.example", trusting tls: TrustedTLS,
        milliseconds: Int = GuardFixture.patience
    ) async throws {
        let outcome = await outcome(server, at: name, trusting: tls, milliseconds: milliseconds)
        guard case .failure(.notSent) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        if milliseconds == GuardFixture.patience { #expect(server.connections == 1) }
        #expect(server.requests.isEmpty)
    }

    private func withServer(_ body: (GuardServer) async throws -> Void) async throws {
        let answer = GuardServer.text("200 OK", body: "{}")
        try await GuardServer.with(.answer([answer]), tls: TestCertificate.serverContext(), body)
    }

    private func outcome(
        _ server: GuardServer, at name: String = "login.provider.example", trusting tls: TrustedTLS,
        milliseconds: Int = GuardFixture.patience
    ) async -> Result<ProviderResponse, CallFailure> {
        let calls = GuardedCalls(
            tls: tls, clock: ManualClock(), resolver: ScriptedResolver([[GuardCase.publicAddress]]),
            dialer: ForwardingDialer(to: server.port), limits: GuardFixture.patientLimits)
        return await GuardFixture.outcome(
            calls, ProviderRequest(.get, "https://\(name)/"), for: GuardFixture.access(["https://\(name)"]),
            milliseconds: milliseconds)
    }
}

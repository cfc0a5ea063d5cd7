import SlipwayDomain
import SlipwayLab
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct TokenTests {
    private static let operation = "directory.role_definitions.sync"
    private static let tokens = "/microsoft"

    @Test func `one token serves until it is nearly over, and the credential is opened for each call`() async throws {
        try await LabFixture.with { fixture in
            _ = try await fixture.perform(Self.operation, "role_definitions")
            // From here on no token is given out.
            fixture.lab.faults.add(
                FaultRule(.serverError, path: "/microsoft/\(fixture.directory.id)", method: "POST", count: 9))
            fixture.clock.advance(seconds: 3470)
            _ = try await fixture.perform(Self.operation, "role_definitions")
            fixture.clock.advance(seconds: 20)
            let failure = try await fixture.failure {
                _ = try await fixture.perform(Self.operation, "role_definitions")
            }
            #expect(failure == .transient(.providerUnavailable))
            #expect(fixture.records.reads == 3)
        }
    }

    @Test func `a token that is refused is exchanged once`() async throws {
        try await LabFixture.with { fixture in
            _ = try await fixture.perform(Self.operation, "role_definitions")
            fixture.microsoft.revokeTokens()
            #expect(try await fixture.perform(Self.operation, "role_definitions").status == .succeeded)
        }
    }

    @Test func `another credential does not get the token of the one before`() async throws {
        try await LabFixture.with { fixture in
            _ = try await fixture.perform(Self.operation, "role_definitions")
            let client = fixture.microsoft.application.clientID
            fixture.records.replace(
                LabFixture.access(
                    fixture.base, fixture.directory.id,
                    .clientSecret(clientID: client, secret: SecretBytes("another-secret"))))
            let failure = try await fixture.failure {
                _ = try await fixture.perform(Self.operation, "role_definitions")
            }
            #expect(failure == .terminal(.credentialInvalid, detail: "AADSTS7000215"))
        }
    }

    @Test(arguments: [
        ("expired secret", ReasonCode.credentialInvalid, "AADSTS7000222"),
        ("unknown application", .consentMissing, "AADSTS700016"),
        ("unknown tenant", .targetMismatch, "AADSTS90002"),
    ])
    func `a refusal of the identity platform has its reason`(
        _ name: String, _ reason: ReasonCode, _ code: String
    ) async throws {
        try await LabFixture.with { fixture in
            let stranger = "00000000-0000-4000-8000-000000000000"
            let client = fixture.microsoft.application.clientID
            let expired = fixture.microsoft.application.expiredSecret
            let secret = SecretBytes(LabFixture.secret)
            switch name {
            case "expired secret":
                fixture.records.replace(
                    LabFixture.access(
                        fixture.base, fixture.directory.id, .clientSecret(clientID: client, secret: expired)))
            case "unknown application":
                fixture.records.replace(
                    LabFixture.access(
                        fixture.base, fixture.directory.id, .clientSecret(clientID: stranger, secret: secret)))
            default:
                fixture.records.replace(
                    LabFixture.access(fixture.base, stranger, .clientSecret(clientID: client, secret: secret)))
            }
            let failure = try await fixture.failure {
                _ = try await fixture.perform(Self.operation, "role_definitions")
            }
            #expect(failure == .terminal(reason, detail: code))
        }
    }

    @Test func `a credential of another directory is not sent anywhere`() async throws {
        try await LabFixture.with { fixture in
            let client = fixture.microsoft.application.clientID
            fixture.records.replace(
                LabFixture.access(
                    fixture.base, fixture.directory.id,
                    .clientSecret(clientID: client, secret: SecretBytes(LabFixture.secret), directory: "other")))
            let failure = try await fixture.failure {
                _ = try await fixture.perform(Self.operation, "role_definitions")
            }
            #expect(failure == .terminal(.targetMismatch))
        }
    }

    @Test func `a certificate proves the client, and another key does not`() async throws {
        let (good, bad) = (try await TestCertificate.make(), try await TestCertificate.make())
        let registered = try ClientCertificate(pem: good.certificate)
        try await LabFixture.with(certificates: [registered]) { fixture in
            let client = fixture.microsoft.application.clientID
            func use(_ certificate: String, _ key: String) {
                fixture.records.replace(
                    LabFixture.access(
                        fixture.base, fixture.directory.id,
                        .certificate(clientID: client, certificate: certificate, privateKey: SecretBytes(key))))
            }
            use(good.certificate, good.key)
            #expect(try await fixture.perform(Self.operation, "role_definitions").status == .succeeded)
            for (certificate, key) in [(good.certificate, bad.key), (bad.certificate, bad.key)] {
                use(certificate, key)
                let failure = try await fixture.failure {
                    _ = try await fixture.perform(Self.operation, "role_definitions")
                }
                #expect(failure == .terminal(.credentialInvalid, detail: "AADSTS700027"))
            }
            use("no certificate", good.key)
            let failure = try await fixture.failure {
                _ = try await fixture.perform(Self.operation, "role_definitions")
            }
            guard case .terminal(.credentialInvalid, _)? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }
}

import SlipwayDomain
import SlipwayLab
import Testing

@Suite(.timeLimit(.minutes(15))) struct ConnectionCheckTests {
    private static let operation = "connection.check"

    /// Takes every step, as a worker does, and returns what came of each.
    private static func check(_ fixture: LabFixture) async throws -> [String: ItemResult] {
        var results: [String: ItemResult] = [:]
        for item in try await fixture.plan(operation) {
            do {
                results[item] = try await fixture.perform(operation, item)
            } catch AdapterFailure.terminal(let reason, _) {
                results[item] = ItemResult(.failed, reason: reason)
            }
        }
        return results
    }

    @Test func `a sound connection is healthy, and what does not apply says why`() async throws {
        try await LabFixture.with { fixture in
            let results = try await Self.check(fixture)
            #expect(
                results.mapValues(\.status) == [
                    "reach": .succeeded, "tls": .skipped, "authenticate": .succeeded, "permission": .succeeded,
                    "write": .skipped,
                ])
            for step in ["tls", "write"] { #expect(results[step]?.facts["detail"]?.stringValue != nil) }
            let findings = try #require(fixture.records.findings.last)
            #expect(fixture.records.findings.count == 1)
            #expect(findings.health == .healthy)
            #expect(findings.consent == .granted)
            #expect(findings.reason == nil)
            #expect(findings.scopesGranted == fixture.directory.grants.sorted())
        }
    }

    @Test func `only the steps that the provider's file names are taken, in the order of a check`() async throws {
        try await LabFixture.with { fixture in
            fixture.connect(to: "http", .apiKey(SecretBytes(LabFixture.secret)))
            let check = "short.connection.check"
            #expect(try await fixture.plan(check) == ["reach", "authenticate"])
            for item in ["reach", "authenticate"] {
                #expect(try await fixture.perform(check, item).status == .succeeded)
            }
            let findings = try #require(fixture.records.findings.last)
            #expect(findings.health == .healthy)
            #expect(findings.consent == .granted)
        }
    }

    @Test func `permissions are held against what is asked for, and the drift is named`() async throws {
        try await LabFixture.with { fixture in
            fixture.microsoft.change(fixture.directory.id) { $0.grants = ["Application.Read.All", "Policy.Read.All"] }
            let results = try await Self.check(fixture)
            #expect(results["permission"]?.status == .failed)
            #expect(results["permission"]?.reason == .permissionMissing)
            #expect(
                results["permission"]?.facts == [
                    "granted": ["Application.Read.All", "Policy.Read.All"], "missing": ["Group.Read.All"],
                    "beyond": ["Application.Read.All", "Policy.Read.All"],
                ])
            #expect(results["write"]?.status == .skipped)
            #expect(results["write"]?.reason == .permissionMissing)
            let findings = try #require(fixture.records.findings.last)
            #expect(findings.health == .degraded)
            #expect(findings.message == "missing: Group.Read.All")
        }
    }

    @Test func `a secret that is refused fails its step, and those behind it are not tried`() async throws {
        try await LabFixture.with { fixture in
            let secret = SecretBytes("wrong")
            let credential = Credential.clientSecret(
                clientID: fixture.microsoft.application.clientID, secret: secret)
            fixture.records.replace(LabFixture.access(fixture.base, fixture.directory.id, credential))
            let results = try await Self.check(fixture)
            #expect(results["reach"]?.status == .succeeded)
            #expect(results["authenticate"]?.status == .failed)
            for step in ["authenticate", "permission", "write"] {
                #expect(results[step]?.reason == .credentialInvalid)
            }
            #expect(results["permission"]?.status == .skipped)
            let findings = try #require(fixture.records.findings.last)
            #expect(findings.health == .unhealthy)
            #expect(findings.scopesGranted == nil)
        }
    }

    @Test func `a check proves the credential of now, not a token from before`() async throws {
        try await LabFixture.with { fixture in
            _ = try await Self.check(fixture)
            let rule = FaultRule(
                .unauthorized, path: "/microsoft/\(fixture.directory.id)/oauth2", method: "POST", count: 1)
            fixture.lab.faults.add(rule)
            let failure = try await fixture.failure { _ = try await fixture.perform(Self.operation, "authenticate") }
            guard case .terminal(.credentialInvalid, _)? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }

    @Test func `nobody there is unhealthy, and worth another try`() async throws {
        try await LabFixture.with { fixture in
            let access = fixture.access
            // A port that nothing listens on.
            fixture.records.replace(LabFixture.access("http://127.0.0.1:1", access.directory, access.credential))
            let failure = try await fixture.failure { _ = try await fixture.perform(Self.operation, "reach") }
            #expect(failure == .transient(.networkUnreachable))
            #expect(fixture.records.findings.last?.health == .unhealthy)
            #expect(fixture.records.findings.last?.reason == .networkUnreachable)
        }
    }
}

import Logging
import SlipwayDomain
import SlipwayOIDC
import SlipwayOperations
import SlipwayTesting
import SlipwayWeb
import Testing

/// The mode `oidc` with a provider that never answers: for what is decided without asking it. What a provider does is
/// checked with real ones, in a browser, by Tests/Conformance/login.
struct OIDCFixture: Sendable {
    static let origin = "http://localhost:8080"
    static let issuer = "http://127.0.0.1:9"
    static let secret = "hush-hush"

    let key = RootKey.generate()

    func signIn(_ fixture: DispatchFixture) throws -> OIDCSignIn {
        let settings = try OIDCSettings(
            issuer: Self.issuer, clientID: "slipway", clientSecret: Secret(Self.secret),
            redirectURI: "\(Self.origin)/auth/callback",
            apiAudience: "slipway-api",
            mapping: ClaimMapping(rolesClaim: "groups", roles: [], tenantsClaim: "tenants"), cliClientID: "slipway-cli")
        let party = RelyingParty(settings, fetch: SilentProvider(), clock: fixture.clock, logger: .quiet)
        return OIDCSignIn(
            party, sessions(fixture), SignIn(fixture.unscoped, workspace: fixture.workspace, clock: fixture.clock),
            key: key)
    }

    func sessions(_ fixture: DispatchFixture) -> Sessions {
        Sessions(fixture.changes, workspace: fixture.workspace)
    }

    /// Opens a session as a sign-in would, for someone with that role in every tenant.
    func session(_ name: String, for subject: String, role: Role = .owner, _ fixture: DispatchFixture) async throws {
        let person = ProvenPerson(
            identity: Identity(issuer: Self.issuer, subject: subject), name: subject, role: role, tenants: nil)
        let opening = Sessions.Opening(name: name, person: person, accessExpiresAt: nil, sealed: [0])
        let origin = RequestOrigin(requestID: "test", source: "test", means: "session")
        #expect(try await sessions(fixture).open(opening, origin: origin) != nil)
    }

    func formToken(of session: String) -> String { key.tag(session, for: .csrf) }
}

private struct SilentProvider: Fetch {
    func fetch(_ request: FetchRequest) async throws -> FetchAnswer {
        throw ProviderUnavailable(request.document, .timedOut)
    }
}

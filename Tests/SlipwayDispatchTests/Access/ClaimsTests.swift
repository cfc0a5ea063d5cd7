import SlipwayDomain
import SlipwayOperations
import SlipwayStore
import SlipwayTesting
import Testing

/// What a provider's claims make of somebody, and what is left of it when they say something else.
@Suite(.timeLimit(.minutes(15))) struct ClaimsTests {
    private static let ann = Identity(issuer: OIDCFixture.issuer, subject: "ann")
    private static let origin = RequestOrigin(requestID: "test", source: "test", means: "session")

    @Test(arguments: Backend.enabled)
    func `whom claims made a member is none when the claims are silent`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let sessions = OIDCFixture().sessions(fixture)
            let member = try await sessions.open(Self.opening("one", .operator), origin: Self.origin)
            #expect(member?.isByClaims == true)
            let (token, _) = try await Tokens(fixture.changes).create(
                Tokens.Draft(member: Self.ann, name: "n", capabilities: nil, tenants: nil, days: 1),
                random: Array(repeating: 1, count: 32), fixture.context())
            let session = try #require(try await sessions.find("one"))
            let renewed = try await sessions.renew(session, Self.opening("two", nil), origin: Self.origin)
            #expect(renewed == nil)
            for name in ["one", "two"] { #expect(try await sessions.find(name) == nil) }
            let tokens = try await Tokens(fixture.changes).all(of: nil, fixture.context())
            #expect(!tokens.contains { $0.id == token.id })
            #expect(try await sessions.open(Self.opening("three", nil), origin: Self.origin) == nil)
        }
    }

    @Test(arguments: Backend.enabled)
    func `whom somebody here made a member stays one, and claims that speak decide`(
        on backend: Backend
    ) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let sessions = OIDCFixture().sessions(fixture)
            _ = try await Members(fixture.changes).put(
                Members.Draft(identity: Self.ann, kind: .person, name: "ann", role: .viewer, tenants: ["1"]),
                fixture.context())
            let silent = try await sessions.open(Self.opening("one", nil), origin: Self.origin)
            #expect(silent?.role == "viewer")
            let spoken = try await sessions.open(Self.opening("two", .operator), origin: Self.origin)
            #expect(spoken?.role == "operator")
            #expect(try await sessions.find("one")?.member.role == "operator", "they are one person")
        }
    }

    @Test func `with another role a session has another name, and with the same it keeps its own`() async throws {
        try await DispatchFixture.with(.sqliteMemory) { fixture in
            let sessions = OIDCFixture().sessions(fixture)
            _ = try await sessions.open(Self.opening("one", .viewer), origin: Self.origin)
            fixture.clock.advance(seconds: 60)
            let first = try #require(try await sessions.find("one"))
            let same = try await sessions.renew(first, Self.opening("two", .viewer), origin: Self.origin)
            #expect(same?.isNew == false)
            #expect(try await sessions.find("two") == nil)
            let other = try await sessions.renew(first, Self.opening("three", .operator), origin: Self.origin)
            #expect(other?.isNew == true)
            #expect(try await sessions.find("one") == nil)
            let last = try #require(try await sessions.find("three"))
            #expect(last.createdAt == first.createdAt, "its twelve hours are those of the sign-in")
        }
    }

    @Test func `a bearer whose claims are silent is not what earlier claims made of them`() async throws {
        try await DispatchFixture.with(.sqliteMemory) { fixture in
            _ = try await OIDCFixture().sessions(fixture).open(Self.opening("one", .owner), origin: Self.origin)
            let signIn = SignIn(fixture.unscoped, workspace: fixture.workspace, clock: fixture.clock)
            let caller = try await signIn.proven(Self.opening("x", nil).person, means: "bearer")
            #expect(!caller.access.isMember)
        }
    }

    private static func opening(_ name: String, _ role: Role?) -> Sessions.Opening {
        Sessions.Opening(
            name: name, person: ProvenPerson(identity: ann, name: "Ann", role: role, tenants: nil),
            accessExpiresAt: nil, sealed: [0])
    }
}

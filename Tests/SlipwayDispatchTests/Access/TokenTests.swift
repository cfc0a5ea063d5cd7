import SlipwayDomain
import SlipwayOperations
import SlipwayStore
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct TokenTests {
    private static let start = "/api/v1/operations/test.sync/starts"
    private static let iryna = Identity(issuer: Identity.mockIssuer, subject: "iryna")

    @Test(arguments: Backend.enabled)
    func `a token does what its member can within its bounds, and no more`(on backend: Backend) async throws {
        try await WebFixture.with(backend) { web in
            try await web.addMember("iryna", role: "operator", tenants: [1, 2])
            let all = try await Self.make(web, nil, nil)
            let bound = try await Self.make(web, [.cancelRun], ["tenant 1"])
            #expect(try await Self.ask(web, all, tenant: 1, key: "a") == 202)
            #expect(try await Self.ask(web, all, tenant: 2, key: "b") == 202)
            #expect(try await Self.ask(web, all, tenant: 3, key: "c") == 404)
            #expect(try await Self.ask(web, bound, tenant: 1, key: "d") == 403)
            #expect(try await Self.ask(web, bound, tenant: 2, key: "e") == 404)
            // What the member loses the token loses.
            try await web.addMember("iryna", role: "viewer", tenants: [1])
            #expect(try await Self.ask(web, all, tenant: 1, key: "f") == 403)
            #expect(try await Self.ask(web, all, tenant: 2, key: "g") == 404)
            let entries = try await AccessQueries(web.fixture.unscoped).newest(limit: 100, web.fixture.context())
            #expect(entries.contains { $0.record.origin.means == "token \(all.id)" && $0.record.decision == .allowed })
        }
    }

    @Test(arguments: Backend.enabled)
    func `a token ends when it is revoked, with its time, and with its member`(on backend: Backend) async throws {
        try await WebFixture.with(backend) { web in
            try await web.addMember("iryna", role: "operator", tenants: nil)
            let (revoked, old, left) = (
                try await Self.make(web, nil, nil), try await Self.make(web, nil, nil, days: 1),
                try await Self.make(web, nil, nil)
            )
            for token in [revoked, old, left] {
                #expect(try await Self.ask(web, token, tenant: 1, key: "\(token.id)") != 401)
            }
            let tokens = Tokens(web.fixture.changes)
            try await tokens.revoke(revoked.id, web.fixture.context())
            #expect(try await Self.ask(web, revoked, tenant: 1, key: "x") == 401)
            await #expect(throws: Tokens.Failure.revokedBefore(revoked.id)) {
                try await tokens.revoke(revoked.id, web.fixture.context())
            }
            web.fixture.clock.advance(seconds: 86_400)
            #expect(try await Self.ask(web, old, tenant: 1, key: "y") == 401)
            #expect(try await Self.ask(web, left, tenant: 1, key: "y") == 409, "it holds still: the tenant is busy")
            let members = Members(web.fixture.changes)
            try await members.remove(Self.iryna, web.fixture.context())
            #expect(try await Self.ask(web, left, tenant: 1, key: "z") == 401)
        }
    }

    @Test func `what is no token of ours opens nothing`() async throws {
        try await WebFixture.with { web in
            try await web.addMember("iryna", role: "operator", tenants: nil)
            let token = try await Self.make(web, nil, nil)
            let last = token.text.last == "0" ? "1" : "0"
            let wrong = [
                String(token.text.dropLast()) + last, token.text + "0", String(token.text.dropLast()),
                token.text.replacing("slw_\(token.id)", with: "slw_\(token.id.number + 1)"), token.text.uppercased(),
                "slw_", "x",
            ]
            for text in wrong {
                let answer = try await web.get("/api/v1/runs", ["Authorization": "Bearer \(text)"], actor: nil)
                #expect(answer.status == 401, "\(text)")
                #expect(!answer.text.contains(text.suffix(20)) || text.count < 5, "a token is not told again")
            }
            for header in ["Basic \(token.text)", "Bearer", "Bearer  ", token.text, "Bearer \(token.text), Bearer x"] {
                #expect(
                    try await web.get("/api/v1/runs", ["Authorization": header], actor: nil).status == 401, "\(header)")
            }
            let good = try await web.get("/api/v1/runs", ["Authorization": "bearer \(token.text)"], actor: nil)
            #expect(good.status == 200)
        }
    }

    @Test func `nobody makes a token that can do more than they can, or for somebody else`() async throws {
        try await WebFixture.with { web in
            try await web.addMember("iryna", role: "operator", tenants: [1])
            try await web.addMember("olena", role: "operator", tenants: nil)
            let tokens = Tokens(web.fixture.changes)
            let access = Access(
                entitlement: .tenants([try #require(ID(1))]), capabilities: Role.operator.capabilities)
            let iryna = web.fixture.context(Self.iryna.operator, access, identity: Self.iryna)
            func make(
                _ member: String, _ capabilities: Set<Capability>?, _ tenants: [String]?
            ) async throws {
                _ = try await tokens.create(
                    Tokens.Draft(
                        member: Identity(issuer: Identity.mockIssuer, subject: member), name: "n",
                        capabilities: capabilities, tenants: tenants, days: 1), random: Self.bytes(), iryna)
            }
            try await make("iryna", [.cancelRun], ["tenant 1"])
            await #expect(throws: Tokens.Failure.beyondMember(.manageMembers)) {
                try await make("iryna", [.manageMembers], nil)
            }
            await #expect(throws: NotFound.tenant("tenant 2")) { try await make("iryna", nil, ["tenant 2"]) }
            await #expect(throws: NotFound.member("olena")) { try await make("olena", nil, nil) }
            #expect(try await web.fixture.count("api_tokens") == 1)
            // By a token with bounds nobody makes one without, and by a name that somebody else vouches for none at all.
            let bounds = Access(entitlement: .tenants([try #require(ID(1))]), capabilities: [.cancelRun])
            let elsewhere = Identity(issuer: OIDCFixture.issuer, subject: "iryna")
            for context in [
                web.fixture.context(Self.iryna.operator, bounds, identity: Self.iryna),
                web.fixture.context(Self.iryna.operator, access, identity: elsewhere),
            ] {
                await #expect(throws: NotFound.member("iryna")) {
                    _ = try await tokens.create(
                        Tokens.Draft(member: Self.iryna, name: "n", capabilities: nil, tenants: nil, days: 1),
                        random: Self.bytes(), context)
                }
            }
            #expect(try await web.fixture.count("api_tokens") == 1)
        }
    }

    private struct Made {
        let id: ID<APIToken>
        let text: String
    }

    private static func make(
        _ web: WebFixture, _ capabilities: Set<Capability>?, _ tenants: [String]?, days: Int = 90
    ) async throws -> Made {
        let (token, text) = try await Tokens(web.fixture.changes)
            .create(
                Tokens.Draft(member: iryna, name: "ci", capabilities: capabilities, tenants: tenants, days: days),
                random: bytes(), web.fixture.context())
        return Made(id: token.id, text: text)
    }

    private static func ask(_ web: WebFixture, _ token: Made, tenant: Int, key: String) async throws -> Int {
        try await web.post(
            start, ["tenant": .string("\(tenant)"), "target": ["key": .string(key)]],
            ["Authorization": "Bearer \(token.text)"], actor: nil
        ).status
    }

    private static func bytes() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

extension Identity {
    fileprivate var `operator`: Initiator { Initiator(kind: .operator, name: subject) }
}

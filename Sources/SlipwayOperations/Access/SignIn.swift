package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// Finds who a request is from. Each way takes one query.
package struct SignIn: Sendable {
    private let database: any Database
    private let workspace: ID<Workspace>
    private let clock: any WallClock

    package init(_ database: any Database, workspace: ID<Workspace>, clock: any WallClock) {
        self.database = database.scoped(to: .all(of: workspace))
        self.workspace = workspace
        self.clock = clock
    }

    /// The actor and the role that headers name, in mock mode.
    ///
    /// A role that is named is believed. Without one the actor has a member's role, or what they are in the bundled
    /// scenario. A member sees their tenants, and anyone else all of them. Nil when the actor has no role at all.
    package func mock(actor: String, role: Role?) async throws -> Caller? {
        let identity = Identity(issuer: Identity.mockIssuer, subject: actor)
        let member = try await member(identity)
        let bundled = ScenarioActor.all.first { $0.id == actor }
        guard let role = role ?? member.map({ Role.named($0.role) ?? .viewer }) ?? bundled.map({ Role($0.role) }) else {
            return nil
        }
        return Caller(
            actor: member?.initiator ?? Initiator(kind: .operator, name: actor), identity: identity,
            access: Access(entitlement: member?.entitlement ?? .workspace, capabilities: role.capabilities),
            means: "mock-header", name: member?.name ?? bundled?.displayName ?? actor, role: role.name)
    }

    /// Someone a provider vouches for at each request: what the claims say of them, or else what they are here.
    package func proven(_ person: ProvenPerson, means: String) async throws -> Caller {
        guard let role = person.role else {
            // What earlier claims made of them is over when the claims are silent.
            let member = try await member(person.identity).flatMap { $0.isByClaims ? nil : $0 }
            return member.map { Caller($0, means: means) } ?? .stranger(person.identity.subject, means: means)
        }
        let entitlement =
            person.tenants == nil
            ? .workspace : try await database.read { try person.entitlement(in: workspace, $0) }
        return Caller(
            actor: Initiator(kind: .operator, name: person.identity.subject), identity: person.identity,
            access: Access(entitlement: entitlement, capabilities: role.capabilities), means: means, name: person.name,
            role: role.name)
    }

    /// The member a token is of, within its bounds; nil for a token that is unknown, revoked or past its time.
    package func token(_ token: TokenText) async throws -> Caller? {
        let found = try await database.read { try TokenStore.token(token.id, in: workspace, $0) }
        let now = clock.now()
        // Compared whether there is one or not, so that numbers that exist cannot be told by time.
        let isRight = (found?.digest ?? Digest(sha256Of: [])).matches(token.digest)
        guard let found, isRight, found.isValid(at: now) else { return nil }
        try await note(found, at: now)
        let member = found.member
        return Caller(
            actor: member.initiator, identity: member.identity, access: found.access, means: "token \(found.id)",
            name: member.name,
            role: member.role)
    }

    /// When a token was last used is kept to the minute.
    private func note(_ token: TokenRecord, at now: Timestamp) async throws {
        if let used = token.usedAt, now.microseconds - used.microseconds < 60_000_000 { return }
        try await database.write { try TokenStore.wasUsed(token.id, at: now, $0) }
    }

    private func member(_ identity: Identity) async throws -> Member? {
        try await database.read { try MemberStore.member(identity, in: workspace, $0) }
    }
}

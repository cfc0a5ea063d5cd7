package import SlipwayDomain
package import SlipwayOIDC
package import SlipwayOperations
import SlipwayStore

/// The mode `oidc`: people by a session that began at the provider, programs by an access token of the provider's or a
/// token of ours.
package struct OIDCSignIn: Authenticator {
    package let mode = "oidc"
    package var programs: ProgramSettings? { party.settings.programs }
    let party: RelyingParty
    let sessions: Sessions
    let key: RootKey
    private let signIn: SignIn

    package init(_ party: RelyingParty, _ sessions: Sessions, _ signIn: SignIn, key: RootKey) {
        self.party = party
        self.sessions = sessions
        self.signIn = signIn
        self.key = key
    }

    package func caller(of request: SignedRequest) async throws -> Caller {
        guard request.headers["x-slipway-actor"] == nil, request.headers["x-slipway-role"] == nil else {
            throw Problem.badCredentials("This server runs in oidc mode: X-Slipway-Actor and -Role say nothing here.")
        }
        if let bearer = try request.bearer() { return try await caller(bearer: bearer) }
        guard let name = Cookies.value(Cookies.session, in: request.headers),
            let session = try await sessions.find(name)
        else { throw Problem.signInNeeded }
        if request.mayRenew, sessions.isRenewalDue(session), let renewed = try await renewed(session, name, request) {
            return renewed
        }
        return caller(session.member, name)
    }

    private func caller(bearer: String) async throws -> Caller {
        if let caller = try await TokenSignIn(signIn: signIn).caller(bearer: bearer) { return caller }
        let token: VerifiedToken
        do {
            token = try await party.bearer(bearer)
        } catch let refusal as TokenRefusal {
            throw Problem.badCredentials("The access token does not hold: \(refusal).")
        }
        return try await signIn.proven(person(token.identity, token.claims), means: "bearer")
    }

    private func caller(_ member: Member, _ name: String, isNew: Bool = false) -> Caller {
        var caller = Caller(member, means: "session")
        caller.session = name
        caller.isSessionNew = isNew
        return caller
    }

    /// Asks the provider whether the session goes on, and what the person is by now. Nil when they are what they were:
    /// somebody else asks already, there is nothing to ask with, or the provider has nothing new to say.
    private func renewed(
        _ session: SessionRecord, _ name: String, _ request: SignedRequest
    ) async throws -> Caller? {
        guard let contents = SessionContents(session.sealed, key: key), let refresh = contents.refreshToken,
            try await sessions.claimRenewal(session)
        else { return nil }
        do {
            let subject = session.member.identity.subject
            let result = try await party.refresh(refresh, subject: subject)
            let next = try SessionContents(
                idToken: result.idToken ?? contents.idToken, refreshToken: result.refreshToken
            ).sealed(by: key)
            guard let claims = try await party.claims(of: result, subject: subject) else {
                try await sessions.prolong(session, accessExpiresAt: result.accessExpiresAt, sealed: next)
                return nil
            }
            let opening = Sessions.Opening(
                name: Secret.fresh().revealed(), person: person(session.member.identity, claims),
                accessExpiresAt: result.accessExpiresAt, sealed: next)
            guard let (member, isNew) = try await sessions.renew(session, opening, origin: request.origin) else {
                throw Problem.signInNeeded
            }
            return caller(member, isNew ? opening.name : name, isNew: isNew)
        } catch is LoginRefusal {
            try await sessions.close(name)
            throw Problem.signInNeeded
        }
    }

    /// What claims make of someone here. A role that this version does not know is none.
    func person(_ identity: Identity, _ claims: JSONValue) -> ProvenPerson {
        let access = party.access(of: claims)
        let tenants: Set<String>? =
            switch access.tenants {
            case .all: nil
            case .named(let names): names
            }
        let name = claims["name"]?.stringValue ?? claims["preferred_username"]?.stringValue ?? identity.subject
        return ProvenPerson(
            identity: identity, name: String(name.prefix(200)),
            role: access.role.flatMap(Role.named), tenants: tenants)
    }
}

/// What the provider gave for a session, as it is sealed in the session's row.
struct SessionContents {
    let idToken: Secret?
    let refreshToken: Secret?

    init(idToken: Secret?, refreshToken: Secret?) {
        self.idToken = idToken
        self.refreshToken = refreshToken
    }

    /// Nil for what this key did not seal.
    init?(_ sealed: [UInt8], key: RootKey) {
        guard let bytes = key.opened(sealed, for: .session, context: "session"),
            let json = try? JSONValue(parsing: bytes)
        else { return nil }
        idToken = json["id"]?.stringValue.map(Secret.init)
        refreshToken = json["refresh"]?.stringValue.map(Secret.init)
    }

    func sealed(by key: RootKey) throws -> [UInt8] {
        let json: JSONValue = [
            "id": idToken.map { .string($0.revealed()) } ?? .null,
            "refresh": refreshToken.map { .string($0.revealed()) } ?? .null,
        ]
        return try key.sealed(try json.canonicalBytes, for: .session, context: "session")
    }
}

extension VerifiedToken {
    /// Who it is about.
    var identity: Identity { Identity(issuer: issuer, subject: subject) }
}

package import SlipwayDomain
import SlipwaySQL
package import SlipwayStore

/// The sessions of people who signed in at the provider: kept here, known to the browser by a random name.
package struct Sessions: Sendable {
    /// How long a session lasts at most, and how long without a request.
    package static let longestSeconds: Int64 = 12 * 3600
    package static let idleSeconds: Int64 = 30 * 60
    private static let attemptSeconds: Int64 = 600

    private let changes: LoggedChanges
    private let database: any Database
    private let workspace: ID<Workspace>
    private var clock: any WallClock { changes.clock }

    package init(_ changes: LoggedChanges, workspace: ID<Workspace>) {
        self.changes = changes
        // Logins that were begun are nobody's yet.
        database = changes.database.scoped(to: .system)
        self.workspace = workspace
    }

    /// What a session is opened with.
    package struct Opening: Sendable {
        package let name: String
        package let person: ProvenPerson
        /// Nil when the provider cannot be asked again.
        package let accessExpiresAt: Timestamp?
        package let sealed: [UInt8]

        /// `name` is the cookie's value: 256 random bits as text.
        package init(name: String, person: ProvenPerson, accessExpiresAt: Timestamp?, sealed: [UInt8]) {
            self.name = name
            self.person = person
            self.accessExpiresAt = accessExpiresAt
            self.sealed = sealed
        }
    }

    /// Opens a session, and ends the one it takes the place of. Nil for one who has no role here: no session then.
    ///
    /// What the provider says of the person is written down as what they are from now on, tokens of theirs included.
    package func open(
        _ opening: Opening, inPlaceOf old: SessionRecord? = nil, origin: RequestOrigin
    ) async throws -> Member? {
        try await changes(in: .system) { change in
            try forget(change.transaction, at: change.now)
            if let old { _ = try SessionStore.remove(old.digest, change.transaction) }
            let member = try opening.person.settled(
                as: change.id(), in: workspace, at: change.now, change.transaction)
            guard let member, member.access.isMember else { return nil }
            let created = old?.createdAt ?? change.now
            try SessionStore.add(
                SessionRecord(
                    digest: Self.digest(opening.name), member: member, createdAt: created, seenAt: change.now,
                    expiresAt: created.after(seconds: Self.longestSeconds),
                    renewAt: Self.renewal(opening.accessExpiresAt, at: change.now), sealed: opening.sealed),
                in: workspace, change.transaction)
            let record = AccessRecord(
                at: change.now, tenant: nil, actor: member.initiator, origin: origin, action: "session",
                resource: "signed in as \(member.role)", decision: .allowed)
            try change.log(record, in: workspace)
            return member
        }
    }

    /// The session of that name, when it is alive; one query. That it was seen is kept to the minute.
    package func find(_ name: String) async throws -> SessionRecord? {
        let now = clock.now()
        let found = try await database.read {
            try SessionStore.session(Self.digest(name), in: workspace, $0)
        }
        guard let found, now < found.expiresAt, now < found.seenAt.after(seconds: Self.idleSeconds) else { return nil }
        if now >= found.seenAt.after(seconds: 60) {
            try await database.write { try SessionStore.wasSeen(found.digest, at: now, $0) }
        }
        return found
    }

    /// Whether the caller is the one to ask the provider anew; others go on with what is known, for half a minute.
    package func claimRenewal(_ session: SessionRecord) async throws -> Bool {
        let later = clock.now().after(seconds: 30)
        return try await database.write { try SessionStore.claimRenewal(session, until: later, $0) }
    }

    /// Whether the provider is to be asked anew.
    package func isRenewalDue(_ session: SessionRecord) -> Bool {
        session.renewAt.map { $0 <= clock.now() } ?? false
    }

    /// Keeps what the provider gave now, where it says nothing new of the member.
    package func prolong(_ session: SessionRecord, accessExpiresAt: Timestamp?, sealed: [UInt8]) async throws {
        let renewAt = Self.renewal(accessExpiresAt, at: clock.now())
        try await database.write { try SessionStore.renew(session.digest, renewAt: renewAt, sealed: sealed, $0) }
    }

    /// Writes down what the provider says of a session's member now. Nil when they are a member no more. When what
    /// they may do has changed the session is another from here on, by the opening's name.
    package func renew(
        _ session: SessionRecord, _ opening: Opening, origin: RequestOrigin
    ) async throws -> (member: Member, isNew: Bool)? {
        let member = try await changes(in: .system) { change in
            try opening.person.settled(as: change.id(), in: workspace, at: change.now, change.transaction)
        }
        guard let member else { return nil }
        guard member.access == session.member.access else {
            return try await open(opening, inPlaceOf: session, origin: origin).map { ($0, true) }
        }
        try await prolong(session, accessExpiresAt: opening.accessExpiresAt, sealed: opening.sealed)
        return (member, false)
    }

    /// Ends a session whose provider ended it.
    package func close(_ name: String) async throws {
        _ = try await database.write { try SessionStore.remove(Self.digest(name), $0) }
    }

    /// Ends a session as its member asked.
    package func signOut(_ name: String, _ context: OperationContext) async throws {
        try await changes(in: .system) { change in
            guard try SessionStore.remove(Self.digest(name), change.transaction) else { return }
            try change.log(context.allowed("session", "signed out", at: change.now), in: workspace)
        }
    }

    /// Ends every session of a member. Returns how many there were.
    package func closeAll(of identity: Identity, _ context: OperationContext) async throws -> Int {
        try context.require(.manageMembers, on: nil, orHide: .workspace)
        return try await changes(in: .system) { change in
            guard let member = try MemberStore.member(identity, in: context.workspace, change.transaction) else {
                throw NotFound.member(identity.description)
            }
            try change.log(.manageMembers, "sessions of \(identity) ended", by: context)
            return try SessionStore.removeAll(of: member.id, change.transaction)
        }
    }

    /// Keeps a login that was begun, under a name that only its browser has.
    package func keepAttempt(_ name: String, sealed: [UInt8]) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try forget(transaction, at: now)
            try SessionStore.addAttempt(Self.digest(name), sealed: sealed, at: now, transaction)
        }
    }

    /// Hands out a login that was begun, once.
    package func takeAttempt(_ name: String) async throws -> [UInt8]? {
        try await database.write { try SessionStore.takeAttempt(Self.digest(name), $0) }
    }

    private func forget(_ transaction: any Transaction, at now: Timestamp) throws {
        try SessionStore.forget(
            sessionsBefore: now, attemptsBefore: now.after(seconds: -Self.attemptSeconds), transaction)
    }

    /// A minute before the access token is over, or half-way there: some providers end the refresh token with it.
    private static func renewal(_ accessExpiresAt: Timestamp?, at now: Timestamp) -> Timestamp? {
        accessExpiresAt.map { end in
            let life = end.microseconds - now.microseconds
            return Timestamp(microseconds: end.microseconds - min(60_000_000, max(0, life / 2)))
        }
    }

    private static func digest(_ name: String) -> Digest {
        Digest(sha256Of: name.utf8)
    }
}

extension Timestamp {
    fileprivate func after(seconds: Int64) -> Timestamp {
        Timestamp(microseconds: microseconds + seconds * 1_000_000)
    }
}

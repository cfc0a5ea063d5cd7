package import SlipwayDomain
package import SlipwaySQL
package import SlipwayStore

/// The sessions of people who signed in at the provider: kept here, known to the browser by a random name.
package struct Sessions: Sendable {
    /// How long a session lasts at most, and how long without a request.
    package static let longestSeconds: Int64 = 12 * 3600
    package static let idleSeconds: Int64 = 30 * 60
    private static let attemptSeconds: Int64 = 600

    private let database: any Database
    private let workspace: ID<Workspace>
    private let clock: any WallClock
    private let ids: IDSource

    package init(_ database: any Database, workspace: ID<Workspace>, clock: any WallClock, ids: IDSource) {
        // Logins that were begun are nobody's yet.
        self.database = database.scoped(to: .system)
        self.workspace = workspace
        self.clock = clock
        self.ids = ids
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
        let now = clock.now()
        let (id, entry) = (await ids.next(Member.self, at: now), await ids.next(AccessEntry.self, at: now))
        return try await database.write { transaction in
            try SessionStore.forget(
                sessionsBefore: now, attemptsBefore: now.before(seconds: Self.attemptSeconds), transaction)
            let created = old?.createdAt ?? now
            if let old { _ = try SessionStore.remove(old.digest, transaction) }
            guard let member = try opening.person.settled(as: id, in: workspace, at: now, transaction),
                member.access.isMember
            else { return nil }
            try SessionStore.add(
                SessionRecord(
                    digest: Self.digest(opening.name), member: member, createdAt: created, seenAt: now,
                    expiresAt: created.after(seconds: Self.longestSeconds), renewAt: Self.renewal(opening, at: now),
                    sealed: opening.sealed), in: workspace, transaction)
            let record = AccessRecord(
                at: now, tenant: nil, actor: member.initiator, origin: origin, action: "session",
                resource: "signed in as \(member.role)", decision: .allowed)
            try AccessLog.add([AccessLog.NewEntry(number: entry.number, workspace: workspace, record)], transaction)
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

    /// Writes down what the provider says of a session's member now. Nil when they are a member no more. When what
    /// they may do has changed the session is another from here on, by the opening's name.
    package func renew(
        _ session: SessionRecord, _ opening: Opening, origin: RequestOrigin
    ) async throws -> (member: Member, isNew: Bool)? {
        let now = clock.now()
        let fresh = await ids.next(Member.self, at: now)
        let member = try await database.write { transaction -> Member? in
            let member = try opening.person.settled(as: fresh, in: workspace, at: now, transaction)
            try SessionStore.renew(
                session.digest, renewAt: Self.renewal(opening, at: now), sealed: opening.sealed, transaction)
            return member
        }
        guard let member else { return nil }
        guard member.access != session.member.access else { return (member, false) }
        return try await open(opening, inPlaceOf: session, origin: origin).map { ($0, true) }
    }

    package func close(_ name: String) async throws {
        _ = try await database.write { try SessionStore.remove(Self.digest(name), $0) }
    }

    /// Ends every session of a member. Returns how many there were.
    package func closeAll(of identity: Identity, _ context: OperationContext) async throws -> Int {
        try context.require(.manageMembers, on: nil, orHide: .workspace)
        let now = clock.now()
        let entry = await ids.next(AccessEntry.self, at: now)
        return try await database.write { transaction in
            guard let member = try MemberStore.member(identity, in: context.workspace, transaction) else {
                throw NotFound.member(identity.description)
            }
            try context.log(.manageMembers, "sessions of \(identity) ended", entry, at: now, transaction)
            return try SessionStore.removeAll(of: member.id, transaction)
        }
    }

    /// Keeps a login that was begun, under a name that only its browser has.
    package func keepAttempt(_ name: String, sealed: [UInt8]) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try SessionStore.forget(
                sessionsBefore: now, attemptsBefore: now.before(seconds: Self.attemptSeconds), transaction)
            try SessionStore.addAttempt(Self.digest(name), sealed: sealed, at: now, transaction)
        }
    }

    /// Hands out a login that was begun, once.
    package func takeAttempt(_ name: String) async throws -> [UInt8]? {
        try await database.write { try SessionStore.takeAttempt(Self.digest(name), $0) }
    }

    /// A minute before the access token is over, or half-way there: some providers end the refresh token with it.
    private static func renewal(_ opening: Opening, at now: Timestamp) -> Timestamp? {
        opening.accessExpiresAt.map { end in
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

    fileprivate func before(seconds: Int64) -> Timestamp {
        after(seconds: -seconds)
    }
}

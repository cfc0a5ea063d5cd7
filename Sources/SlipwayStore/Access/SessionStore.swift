package import SlipwayDomain
package import SlipwaySQL

/// A session as its row has it, with its member.
package struct SessionRecord: Sendable {
    /// Of the cookie's value, which itself is kept nowhere.
    package let digest: Digest
    package let member: Member
    package let createdAt: Timestamp
    package let seenAt: Timestamp
    package let expiresAt: Timestamp
    /// When the provider is to be asked again; nil when it cannot be.
    package let renewAt: Timestamp?
    package let sealed: [UInt8]

    package init(
        digest: Digest, member: Member, createdAt: Timestamp, seenAt: Timestamp, expiresAt: Timestamp,
        renewAt: Timestamp?, sealed: [UInt8]
    ) {
        self.digest = digest
        self.member = member
        self.createdAt = createdAt
        self.seenAt = seenAt
        self.expiresAt = expiresAt
        self.renewAt = renewAt
        self.sealed = sealed
    }
}

/// What is read and written of sessions and of logins under way.
package enum SessionStore {
    package static func add(
        _ session: SessionRecord, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO sessions (digest, workspace_id, member_id, created_at, seen_at, expires_at, renew_at, sealed)
            VALUES (\(session.digest.hex), \(workspace), \(session.member.id), \(session.createdAt), \(session.seenAt),
                \(session.expiresAt), \(session.renewAt), \(session.sealed))
            """)
    }

    /// The session of that digest: one statement, with its member.
    package static func session(
        _ digest: Digest, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> SessionRecord? {
        let rows = try transaction.query(
            """
            SELECT s.created_at, s.seen_at, s.expires_at, s.renew_at, s.sealed, \(sql: MemberStore.columns), t.tenant_id
            FROM sessions s JOIN members m ON m.id = s.member_id LEFT JOIN member_tenants t ON t.member_id = m.id
            WHERE s.digest = \(digest.hex) AND s.workspace_id = \(workspace)
            """)
        guard let first = rows.first, let member = try MemberStore.members(of: rows).first else { return nil }
        return SessionRecord(
            digest: digest, member: member, createdAt: try first.moment("created_at"),
            seenAt: try first.moment("seen_at"), expiresAt: try first.moment("expires_at"),
            renewAt: try first.momentIfAny("renew_at"), sealed: try first.blob("sealed"))
    }

    package static func wasSeen(_ digest: Digest, at now: Timestamp, _ transaction: any Transaction) throws {
        try transaction.execute("UPDATE sessions SET seen_at = \(now) WHERE digest = \(digest.hex)")
    }

    /// Puts off the next renewal, if it is still due then: whoever is told true is the one to renew.
    package static func claimRenewal(
        _ session: SessionRecord, until later: Timestamp, _ transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(
            "UPDATE sessions SET renew_at = \(later) WHERE digest = \(session.digest.hex) AND renew_at = \(session.renewAt)"
        )
            == 1
    }

    /// Keeps what the provider gave now.
    package static func renew(
        _ digest: Digest, renewAt: Timestamp?, sealed: [UInt8], _ transaction: any Transaction
    ) throws {
        try transaction.execute(
            "UPDATE sessions SET renew_at = \(renewAt), sealed = \(sealed) WHERE digest = \(digest.hex)")
    }

    /// Returns false when it was gone before: somebody else ended or replaced it.
    package static func remove(_ digest: Digest, _ transaction: any Transaction) throws -> Bool {
        try transaction.execute("DELETE FROM sessions WHERE digest = \(digest.hex)") == 1
    }

    /// Ends all sessions of a member. Returns how many.
    package static func removeAll(of member: ID<Member>, _ transaction: any Transaction) throws -> Int {
        try transaction.execute("DELETE FROM sessions WHERE member_id = \(member)")
    }

    /// Forgets what is over by then.
    package static func forget(
        sessionsBefore now: Timestamp, attemptsBefore cutoff: Timestamp, _ transaction: any Transaction
    ) throws {
        try transaction.execute("DELETE FROM sessions WHERE expires_at <= \(now)")
        try transaction.execute("DELETE FROM login_attempts WHERE created_at <= \(cutoff)")
    }

    package static func addAttempt(
        _ digest: Digest, sealed: [UInt8], at now: Timestamp, _ transaction: any Transaction
    ) throws {
        try transaction.execute(
            "INSERT INTO login_attempts (digest, created_at, sealed) VALUES (\(digest.hex), \(now), \(sealed))")
    }

    /// Takes an attempt out: it is there once.
    package static func takeAttempt(_ digest: Digest, _ transaction: any Transaction) throws -> [UInt8]? {
        try transaction.query(
            "DELETE FROM login_attempts WHERE digest = \(digest.hex) RETURNING sealed"
        ).first?.blob("sealed")
    }
}

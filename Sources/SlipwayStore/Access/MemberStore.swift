package import SlipwayDomain
package import SlipwaySQL

/// What is read and written of members.
package enum MemberStore {
    /// The member of that identity: one statement, with the tenants they are entitled to.
    package static func member(
        _ identity: Identity, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> Member? {
        try members(
            """
            m.issuer = \(identity.issuer) AND m.subject = \(identity.subject) AND m.workspace_id = \(workspace)
            """, transaction
        ).first
    }

    package static func all(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [Member] {
        try members("m.workspace_id = \(workspace)", transaction)
    }

    /// Writes a member, in the place of what was known of the identity. Returns them as they are then, and whether
    /// anything changed.
    package static func put(
        _ member: Member, in workspace: ID<Workspace>, at now: Timestamp, _ transaction: any Transaction
    ) throws -> (member: Member, hasChanged: Bool) {
        let known = try self.member(member.identity, in: workspace, transaction)
        let settled = known.map { member.numbered($0.id) } ?? member
        if known == settled { return (settled, false) }
        let seesAll = settled.entitlement == .workspace
        if known == nil {
            try transaction.execute(
                """
                INSERT INTO members (id, workspace_id, issuer, subject, kind, name, role, sees_all, by_claims, created_at,
                    updated_at)
                VALUES (\(settled.id), \(workspace), \(settled.identity.issuer), \(settled.identity.subject),
                    \(settled.kind.rawValue), \(settled.name), \(settled.role), \(seesAll), \(settled.isByClaims), \(now),
                    \(now))
                """)
        } else {
            try transaction.execute(
                """
                UPDATE members SET kind = \(settled.kind.rawValue), name = \(settled.name), role = \(settled.role),
                    sees_all = \(seesAll), by_claims = \(settled.isByClaims), updated_at = \(now)
                WHERE id = \(settled.id)
                """)
        }
        try putTenants(of: settled, transaction)
        return (settled, true)
    }

    private static func putTenants(of member: Member, _ transaction: any Transaction) throws {
        try transaction.execute("DELETE FROM member_tenants WHERE member_id = \(member.id)")
        guard case .tenants(let tenants) = member.entitlement else { return }
        for tenant in tenants.sorted() {
            try transaction.execute(
                "INSERT INTO member_tenants (member_id, tenant_id) VALUES (\(member.id), \(tenant))")
        }
    }

    /// Removes a member with their tokens and sessions: none of them opens anything from then on.
    package static func remove(_ member: ID<Member>, _ transaction: any Transaction) throws {
        try transaction.execute("DELETE FROM sessions WHERE member_id = \(member)")
        try transaction.execute("DELETE FROM api_tokens WHERE member_id = \(member)")
        try transaction.execute("DELETE FROM member_tenants WHERE member_id = \(member)")
        try transaction.execute("DELETE FROM members WHERE id = \(member)")
    }

    static let columns: SQL =
        "m.id AS member_id, m.issuer, m.subject, m.kind, m.name AS member_name, m.role, m.sees_all, m.by_claims"

    private static func members(_ condition: SQL, _ transaction: any Transaction) throws -> [Member] {
        try members(
            of: transaction.query(
                """
                SELECT \(sql: columns), t.tenant_id
                FROM members m LEFT JOIN member_tenants t ON t.member_id = m.id
                WHERE \(sql: condition) ORDER BY m.id, t.tenant_id
                """))
    }

    /// Rows that follow each other with one member are that member's tenants.
    static func members(of rows: [Row]) throws -> [Member] {
        var members: [Member] = []
        var rest = rows[...]
        while let first = rest.first {
            let id: ID<Member> = try first.id("member_id")
            let own = try rest.prefix { try $0.integer("member_id") == id.number }
            rest = rest.dropFirst(own.count)
            let tenants: [ID<Tenant>] = try own.compactMap { try $0.idIfAny("tenant_id") }
            members.append(
                Member(
                    id: id, identity: Identity(issuer: try first.text("issuer"), subject: try first.text("subject")),
                    kind: try first.state("kind"), name: try first.text("member_name"), role: try first.text("role"),
                    entitlement: try first.integer("sees_all") == 1 ? .workspace : .tenants(Set(tenants)),
                    isByClaims: try first.integer("by_claims") == 1))
        }
        return members
    }
}

extension Member {
    /// The same under the number it has already.
    fileprivate func numbered(_ id: ID<Member>) -> Member {
        Member(
            id: id, identity: identity, kind: kind, name: name, role: role, entitlement: entitlement,
            isByClaims: isByClaims)
    }
}

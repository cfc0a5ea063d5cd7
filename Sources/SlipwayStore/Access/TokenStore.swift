package import SlipwayDomain
package import SlipwaySQL

/// An API token as its row has it: everything but the secret, of which there is only a digest.
package struct TokenRecord: Sendable {
    package let id: ID<APIToken>
    package let member: Member
    package let name: String
    package let digest: Digest
    /// The bounds it was given; nil where it has all that its member has.
    package let capabilities: Set<Capability>?
    package let tenants: Set<ID<Tenant>>?
    package let createdAt: Timestamp
    package let expiresAt: Timestamp
    package let revokedAt: Timestamp?
    package let usedAt: Timestamp?

    package init(
        id: ID<APIToken>, member: Member, name: String, digest: Digest, capabilities: Set<Capability>?,
        tenants: Set<ID<Tenant>>?, createdAt: Timestamp, expiresAt: Timestamp, revokedAt: Timestamp? = nil,
        usedAt: Timestamp? = nil
    ) {
        self.id = id
        self.member = member
        self.name = name
        self.digest = digest
        self.capabilities = capabilities
        self.tenants = tenants
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.usedAt = usedAt
    }

    /// Never more than its member has now.
    package var access: Access {
        let bounds = Access(
            entitlement: tenants.map(Entitlement.tenants) ?? .workspace,
            capabilities: capabilities ?? Set(Capability.allCases))
        return member.access.narrowed(to: bounds)
    }

    package func isValid(at now: Timestamp) -> Bool {
        revokedAt == nil && now < expiresAt
    }
}

/// What is read and written of API tokens.
package enum TokenStore {
    package static func add(
        _ token: TokenRecord, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws {
        let capabilities = token.capabilities.map { list in
            JSONValue.array(list.map(\.rawValue).sorted().map(JSONValue.string))
        }
        let tenants = token.tenants.map { list in JSONValue.array(list.sorted().map { .integer($0.number) }) }
        try transaction.execute(
            """
            INSERT INTO api_tokens (id, workspace_id, member_id, name, digest, capabilities, tenants, created_at, expires_at)
            VALUES (\(token.id), \(workspace), \(token.member.id), \(token.name), \(token.digest.hex),
                \(try capabilities?.text()), \(try tenants?.text()), \(token.createdAt), \(token.expiresAt))
            """)
    }

    /// The token with its member: one statement.
    package static func token(
        _ id: ID<APIToken>, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> TokenRecord? {
        try tokens("a.id = \(id) AND a.workspace_id = \(workspace)", transaction).first
    }

    /// A member's tokens, or everybody's.
    package static func all(
        of member: ID<Member>? = nil, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> [TokenRecord] {
        var condition: SQL = "a.workspace_id = \(workspace)"
        if let member { condition = condition + " AND a.member_id = \(member)" }
        return try tokens(condition, transaction)
    }

    /// Returns false when it was revoked before.
    package static func revoke(
        _ id: ID<APIToken>, at now: Timestamp, _ transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(
            "UPDATE api_tokens SET revoked_at = \(now) WHERE id = \(id) AND revoked_at IS NULL") == 1
    }

    package static func wasUsed(
        _ id: ID<APIToken>, at now: Timestamp, _ transaction: any Transaction
    ) throws {
        try transaction.execute("UPDATE api_tokens SET used_at = \(now) WHERE id = \(id)")
    }

    private static func tokens(_ condition: SQL, _ transaction: any Transaction) throws -> [TokenRecord] {
        let rows = try transaction.query(
            """
            SELECT a.id, a.name, a.digest, a.capabilities, a.tenants, a.created_at, a.expires_at, a.revoked_at,
                a.used_at, \(sql: MemberStore.columns), t.tenant_id
            FROM api_tokens a JOIN members m ON m.id = a.member_id LEFT JOIN member_tenants t ON t.member_id = m.id
            WHERE \(sql: condition) ORDER BY a.id, t.tenant_id
            """)
        var tokens: [TokenRecord] = []
        var rest = rows[...]
        while let first = rest.first {
            let id = try first.integer("id")
            let own = try rest.prefix { try $0.integer("id") == id }
            rest = rest.dropFirst(own.count)
            guard let member = try MemberStore.members(of: Array(own)).first else { continue }
            tokens.append(try TokenRecord(first, member))
        }
        return tokens
    }
}

extension TokenRecord {
    fileprivate init(_ row: Row, _ member: Member) throws {
        guard let digest = Digest(try row.text("digest")) else {
            throw DatabaseError.misuse("a token's digest is not one: restore the database from a backup")
        }
        let capabilities = try row.jsonIfAny("capabilities")?.arrayValue?.compactMap {
            $0.stringValue.flatMap(Capability.init(rawValue:))
        }
        let tenants = try row.jsonIfAny("tenants")?.arrayValue?.compactMap { $0.integerValue.flatMap(ID<Tenant>.init) }
        self.init(
            id: try row.id("id"), member: member, name: try row.text("name"), digest: digest,
            capabilities: capabilities.map(Set.init), tenants: tenants.map(Set.init),
            createdAt: try row.moment("created_at"), expiresAt: try row.moment("expires_at"),
            revokedAt: try row.momentIfAny("revoked_at"), usedAt: try row.momentIfAny("used_at"))
    }
}

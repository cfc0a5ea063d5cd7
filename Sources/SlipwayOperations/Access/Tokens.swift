package import SlipwayDomain
package import SlipwaySQL
package import SlipwayStore

/// Makes, lists and revokes API tokens. Each change and its entry in the access log are one transaction.
package struct Tokens: Sendable {
    private let database: any Database
    private let clock: any WallClock
    private let ids: IDSource

    package init(_ database: any Database, clock: any WallClock, ids: IDSource) {
        self.database = database
        self.clock = clock
        self.ids = ids
    }

    /// What a token is to be. Where capabilities or tenants are nil it has all that its member has, then and later.
    package struct Draft: Sendable {
        package var member: Identity
        package var name: String
        package var capabilities: Set<Capability>?
        package var tenants: [String]?
        package var days: Int

        package init(
            member: Identity, name: String, capabilities: Set<Capability>?, tenants: [String]?, days: Int
        ) {
            self.member = member
            self.name = name
            self.capabilities = capabilities
            self.tenants = tenants
            self.days = days
        }
    }

    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// The member themselves cannot do it.
        case beyondMember(Capability)
        case revokedBefore(ID<APIToken>)

        package var description: String {
            switch self {
            case .beyondMember(let capability):
                "the member does not have \(capability.rawValue): a token can do what its member can, at most"
            case .revokedBefore(let id): "token \(id) is revoked already"
            }
        }
    }

    /// Makes a token. Its text is returned here and kept nowhere: whoever loses it makes another. `random` must be 32
    /// bytes nobody can foresee.
    package func create(
        _ draft: Draft, random: [UInt8], _ context: OperationContext
    ) async throws -> (token: TokenRecord, text: String) {
        let now = clock.now()
        let (id, entry) = (await ids.next(APIToken.self, at: now), await ids.next(AccessEntry.self, at: now))
        let text = TokenText.text(of: id, random: random)
        return try await database.scoped(to: context.members).write { transaction in
            let member = try owner(draft.member, context, transaction)
            let tenants = try draft.tenants.map { names in
                let scope = AccessScope(workspace: context.workspace, entitlement: member.entitlement)
                return try names.map { name in
                    guard let tenant = try TenantReads.tenant(named: name, in: scope, transaction) else {
                        throw NotFound.tenant(name)
                    }
                    return tenant.id
                }
            }
            for capability in (draft.capabilities ?? []).sorted(by: { $0.rawValue < $1.rawValue })
            where !member.access.capabilities.contains(capability) {
                throw Failure.beyondMember(capability)
            }
            let token = TokenRecord(
                id: id, member: member, name: draft.name, digest: Digest(sha256Of: text.utf8),
                capabilities: draft.capabilities, tenants: tenants.map(Set.init), createdAt: now,
                expiresAt: Timestamp(microseconds: now.microseconds + Int64(draft.days) * 86_400_000_000))
            try TokenStore.add(token, in: context.workspace, transaction)
            try log("token \(id) of \(draft.member)", entry, at: now, context, transaction)
            return (token, text)
        }
    }

    /// The member's tokens, or everybody's.
    package func all(of identity: Identity?, _ context: OperationContext) async throws -> [TokenRecord] {
        try await database.scoped(to: context.members).read { transaction in
            let member = try identity.map { try owner($0, context, transaction).id }
            if member == nil { try context.require(.manageMembers, on: nil, orHide: .workspace) }
            return try TokenStore.all(of: member, in: context.workspace, transaction)
        }
    }

    /// From here on the token opens nothing.
    package func revoke(_ id: ID<APIToken>, _ context: OperationContext) async throws {
        let now = clock.now()
        let entry = await ids.next(AccessEntry.self, at: now)
        try await database.scoped(to: context.members).write { transaction in
            guard let token = try TokenStore.token(id, in: context.workspace, transaction),
                context.mayActFor(token.member)
            else { throw NotFound.token(id.description) }
            guard try TokenStore.revoke(id, at: now, transaction) else { throw Failure.revokedBefore(id) }
            try log("token \(id) revoked", entry, at: now, context, transaction)
        }
    }

    /// One's own, or anybody's for who manages members.
    private func owner(
        _ identity: Identity, _ context: OperationContext, _ transaction: any Transaction
    ) throws -> Member {
        guard let member = try MemberStore.member(identity, in: context.workspace, transaction),
            context.mayActFor(member)
        else { throw NotFound.member(identity.description) }
        return member
    }

    private func log(
        _ resource: String, _ entry: ID<AccessEntry>, at now: Timestamp, _ context: OperationContext,
        _ transaction: any Transaction
    ) throws {
        let record = AccessRecord(
            at: now, tenant: nil, actor: context.actor, origin: context.origin, action: "token", resource: resource,
            decision: .allowed)
        try AccessLog.add([AccessLog.NewEntry(number: entry.number, workspace: context.workspace, record)], transaction)
    }
}

extension OperationContext {
    /// Members and their tokens belong to no tenant; whose they are is checked row by row.
    fileprivate var members: RowScope { .all(of: workspace) }

    fileprivate func mayActFor(_ member: Member) -> Bool {
        access.decide(.manageMembers, on: nil) == .allowed || actor == member.initiator
    }
}

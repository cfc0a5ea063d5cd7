package import SlipwayDomain
import SlipwaySQL
package import SlipwayStore

/// Makes, lists and revokes API tokens. Each change and its entry in the access log are one transaction.
package struct Tokens: Sendable {
    private let changes: LoggedChanges

    package init(_ changes: LoggedChanges) {
        self.changes = changes
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
        try await changes(in: context.members) { change in
            let id: ID<APIToken> = try change.id()
            let text = TokenText.text(of: id, random: random)
            let member = try owner(draft.member, context, change.transaction)
            let scope = AccessScope(workspace: context.workspace, entitlement: member.entitlement)
            let tenants = try draft.tenants.map { try change.transaction.tenants(named: $0, in: scope) }
            for capability in (draft.capabilities ?? []).sorted(by: { $0.rawValue < $1.rawValue })
            where !member.access.capabilities.contains(capability) {
                throw Failure.beyondMember(capability)
            }
            let token = TokenRecord(
                id: id, member: member, name: draft.name, digest: Digest(sha256Of: text.utf8),
                capabilities: draft.capabilities, tenants: tenants, createdAt: change.now,
                expiresAt: Timestamp(microseconds: change.now.microseconds + Int64(draft.days) * 86_400_000_000))
            try TokenStore.add(token, in: context.workspace, change.transaction)
            try change.log(
                context.allowed("token", "token \(id) of \(draft.member)", at: change.now), in: context.workspace)
            return (token, text)
        }
    }

    /// The member's tokens, or everybody's.
    package func all(of identity: Identity?, _ context: OperationContext) async throws -> [TokenRecord] {
        try await changes.database.scoped(to: context.members).read { transaction in
            let member = try identity.map { try owner($0, context, transaction).id }
            if member == nil { try context.require(.manageMembers, on: nil, orHide: .workspace) }
            return try TokenStore.all(of: member, in: context.workspace, transaction)
        }
    }

    /// From here on the token opens nothing.
    package func revoke(_ id: ID<APIToken>, _ context: OperationContext) async throws {
        try await changes(in: context.members) { change in
            guard let token = try TokenStore.token(id, in: context.workspace, change.transaction),
                context.mayActFor(token.member)
            else { throw NotFound.token(id.description) }
            guard try TokenStore.revoke(id, at: change.now, change.transaction) else { throw Failure.revokedBefore(id) }
            try change.log(context.allowed("token", "token \(id) revoked", at: change.now), in: context.workspace)
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
}

extension OperationContext {
    /// Members and their tokens belong to no tenant; whose they are is checked row by row.
    fileprivate var members: RowScope { .all(of: workspace) }

    /// For oneself, or for anybody when one manages members. Who came by a token with bounds of its own does not act as
    /// its whole member: what they made could reach beyond the bounds.
    fileprivate func mayActFor(_ member: Member) -> Bool {
        access.decide(.manageMembers, on: nil) == .allowed || (identity == member.identity && access == member.access)
    }
}

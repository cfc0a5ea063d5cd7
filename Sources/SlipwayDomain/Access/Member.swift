/// Who someone is to whoever vouches for them: an OpenID provider, or in mock mode the header. Never an e-mail
/// address, which can change hands.
package struct Identity: Hashable, Sendable, CustomStringConvertible {
    /// The issuer of actors that come by header.
    package static let mockIssuer = "mock"

    package let issuer: String
    package let subject: String

    package init(issuer: String, subject: String) {
        self.issuer = issuer
        self.subject = subject
    }

    package var description: String { issuer == Self.mockIssuer ? subject : "\(subject) at \(issuer)" }
}

package enum MemberKind: String, CaseIterable, Hashable, Sendable {
    case person
    /// Signs in by tokens alone; what it starts is nobody's to be told of.
    case service
}

/// Someone with a role in a workspace, and the tenants they are entitled to.
package struct Member: Hashable, Sendable {
    package let id: ID<Member>
    package let identity: Identity
    package let kind: MemberKind
    package let name: String
    /// The name of a role. One that this version does not know can do nothing.
    package let role: String
    package let entitlement: Entitlement
    /// Whether an OpenID provider's claims made them what they are, and not somebody here: then they are it for as long
    /// as the claims say so.
    package let isByClaims: Bool

    package init(
        id: ID<Member>, identity: Identity, kind: MemberKind, name: String, role: String, entitlement: Entitlement,
        isByClaims: Bool = false
    ) {
        self.id = id
        self.identity = identity
        self.kind = kind
        self.name = name
        self.role = role
        self.entitlement = entitlement
        self.isByClaims = isByClaims
    }

    package var access: Access {
        Access(entitlement: entitlement, capabilities: Role.named(role)?.capabilities ?? [])
    }

    package var initiator: Initiator {
        switch kind {
        case .person: Initiator(kind: .operator, name: identity.subject)
        case .service: Initiator(kind: .system, name: "service \(identity.subject)")
        }
    }
}

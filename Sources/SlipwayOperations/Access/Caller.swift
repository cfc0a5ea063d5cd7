package import SlipwayDomain

/// Who a request is from, and what they may do: known once, before anything else about the request is.
package struct Caller: Sendable {
    package let actor: Initiator
    /// Nil for one nobody vouches for.
    package let identity: Identity?
    package let access: Access
    /// By which means they were known, as `RequestOrigin.means` has it.
    package let means: String
    /// As people call them.
    package let name: String
    /// Nil for one who has none.
    package let role: String?
    /// The name of the session it came by; nil for one who said who they are in the request itself.
    package var session: String?
    /// Whether the session has this name since this request: the browser is to be told.
    package var isSessionNew = false

    package init(
        actor: Initiator, identity: Identity? = nil, access: Access, means: String, name: String, role: String?
    ) {
        self.actor = actor
        self.identity = identity
        self.access = access
        self.means = means
        self.name = name
        self.role = role
    }

    package init(_ member: Member, means: String) {
        self.init(
            actor: member.initiator, identity: member.identity, access: member.access, means: means, name: member.name,
            role: member.role)
    }

    /// Someone whose name is known, and who is no member.
    package static func stranger(_ name: String, means: String) -> Caller {
        Caller(actor: Initiator(kind: .operator, name: name), access: .none, means: means, name: name, role: nil)
    }
}

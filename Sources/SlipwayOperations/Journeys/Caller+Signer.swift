package import SlipwayDomain

extension Caller {
    /// As whom they decide: under the name their runs have, so that who made evidence is known again. A program has no
    /// role in it, as a decision is a person's.
    package var signer: Signer {
        Signer(name: actor.name, role: actor.kind == .system ? nil : role)
    }

    /// The first capability of their role that they left at home: a token that can do less than its member signs nothing in
    /// the member's name. Nil for one who came as all they are.
    package var lackingToSign: Capability? {
        let whole = role.flatMap(Role.named)?.capabilities ?? []
        return whole.subtracting(access.capabilities).min { $0.rawValue < $1.rawValue }
    }
}

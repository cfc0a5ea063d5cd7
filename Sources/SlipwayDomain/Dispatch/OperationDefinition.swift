/// What the registry says of one kind of operation. Data, not code: the gate and the worker obey it.
package struct OperationDefinition: Hashable, Sendable {
    /// The operation's name on the wire, such as `directory.groups.sync`.
    package let type: String
    /// What the operator is told is being done, such as "Sync groups".
    package let verb: String
    package let provider: String
    package let module: String
    /// The capability an actor needs to start it.
    package let capability: Capability
    /// Whether it acts through a provider connection of the tenant.
    package let needsConnection: Bool
    /// Whether the provider's tenant must have agreed before it may start.
    package let needsConsent: Bool
    /// What the provider must have granted to the connection, where it is known what it has.
    package let scopes: [String]
    /// What it must have for itself while it is queued or running; several are taken together or not at all.
    package let protectedScopes: [ScopeTemplate]
    /// The fields of a request that, with type, workspace and tenant, make two starts the same one.
    package let identityFields: [String]
    /// Kinds of packets that must have passed for the same subject before it may start.
    package let requiredEvidence: [PacketKind]
    package let retry: RetryPolicy
    /// The longest one attempt may take, in seconds.
    package let deadlineSeconds: Int

    package init(
        type: String, verb: String, provider: String, module: String, capability: Capability,
        needsConnection: Bool = true, needsConsent: Bool = true, scopes: [String] = [],
        protectedScopes: [ScopeTemplate], identityFields: [String] = [],
        requiredEvidence: [PacketKind] = [], retry: RetryPolicy = .usual, deadlineSeconds: Int = 3600
    ) {
        self.type = type
        self.verb = verb
        self.provider = provider
        self.module = module
        self.capability = capability
        self.needsConnection = needsConnection
        self.needsConsent = needsConsent
        self.scopes = scopes
        self.protectedScopes = protectedScopes
        self.identityFields = identityFields
        self.requiredEvidence = requiredEvidence
        self.retry = retry
        self.deadlineSeconds = deadlineSeconds
    }
}

/// A protected scope before it is known for whom: `tenant:{tenant}/microsoft`, with how many may hold it at once.
package struct ScopeTemplate: Hashable, Sendable {
    package let text: String
    package let slots: Int

    package init(_ text: String, slots: Int = 1) {
        precondition(slots > 0, "a scope that nobody can hold stops every start")
        precondition(!text.hasPrefix("="), "scopes that begin with = stand for identities")
        precondition(!text.utf8.contains(0x0A), "a scope is one line")
        self.text = text
        self.slots = slots
    }

    /// The scope for these fields; nil when one of its fields has no value, so that nothing can be held yet.
    package func filled(with fields: [String: String]) -> ProtectedScope? {
        var name = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            guard let value = fields[String(rest[rest.index(after: open)..<close])] else { return nil }
            name += rest[..<open] + Self.escaped(value)
            rest = rest[rest.index(after: close)...]
        }
        return ProtectedScope(name: Self.short(name + rest), slots: slots)
    }

    /// Long names end in a digest of the whole, so that an index entry always fits.
    private static func short(_ name: String) -> String {
        guard name.utf8.count > 200 else { return name }
        return "\(name.prefix(100))…/\(Digest(sha256Of: name.utf8).hex)"
    }

    /// A value as part of a name: bytes beyond printable ASCII, `%` and `/` as %XX, so that no two values make one name.
    private static func escaped(_ value: String) -> String {
        var name = ""
        for byte in value.utf8 {
            if (0x21..<0x7F).contains(byte), byte != UInt8(ascii: "%"), byte != UInt8(ascii: "/") {
                name.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                name += "%" + Hex.text([byte])
            }
        }
        return name
    }
}

/// Something that at most `slots` active runs may hold at once.
package struct ProtectedScope: Hashable, Sendable {
    package let name: String
    package let slots: Int

    package init(name: String, slots: Int = 1) {
        self.name = name
        self.slots = slots
    }
}

extension OperationDefinition {
    /// The fields a request must bring because a scope is named by them; `workspace`, `tenant` and `connection` are
    /// known without.
    package var fieldsOfItsOwn: [String] {
        let known: Set = ["workspace", "tenant", "connection"]
        return Set(protectedScopes.flatMap(\.fields)).subtracting(known).sorted()
    }
}

extension ScopeTemplate {
    /// The names between braces.
    fileprivate var fields: [String] {
        text.split(separator: "{").dropFirst().compactMap { part in
            part.firstIndex(of: "}").map { String(part[..<$0]) }
        }
    }
}

package import SlipwayDomain

/// How the claims of a token become a role and tenants.
package struct ClaimMapping: Sendable, Hashable {
    /// A person whose claim has this value gets this role.
    package struct Role: Sendable, Hashable {
        package let value: String
        package let name: String

        package init(value: String, name: String) {
            self.value = value
            self.name = name
        }
    }

    /// Names within names, with dots: `groups`, `realm_access.roles`.
    package let rolesClaim: String
    /// The first one whose value the person has decides.
    package let roles: [Role]
    package let tenantsClaim: String
    /// The value that stands for all tenants; nil when none does.
    package let allTenantsValue: String?

    package init(rolesClaim: String, roles: [Role], tenantsClaim: String, allTenantsValue: String? = nil) {
        self.rolesClaim = rolesClaim
        self.roles = roles
        self.tenantsClaim = tenantsClaim
        self.allTenantsValue = allTenantsValue
    }

    /// A claim that is missing, or is of another form than text or a list of texts, gives nothing.
    package func access(of claims: JSONValue) -> MappedAccess {
        let held = values(at: rolesClaim, in: claims)
        let role = roles.first { row in held.contains { $0.isExactly(row.value) } }
        let tenants = values(at: tenantsClaim, in: claims)
        if let allTenantsValue, tenants.contains(where: { $0.isExactly(allTenantsValue) }) {
            return MappedAccess(role: role?.name, tenants: .all)
        }
        return MappedAccess(role: role?.name, tenants: .named(Set(tenants)))
    }

    private func values(at path: String, in claims: JSONValue) -> [String] {
        switch member(path[...], of: claims) {
        case .string(let value): [value]
        case .array(let items): items.compactMap(\.stringValue)
        default: []
        }
    }

    /// Names may have dots in them themselves, as URLs do: a member by the whole name comes before one by a part of it.
    private func member(_ path: Substring, of value: JSONValue) -> JSONValue? {
        guard let members = value.objectValue else { return nil }
        if let found = members[String(path)] { return found }
        for dot in path.indices where path[dot] == "." {
            guard let inner = members[String(path[..<dot])] else { continue }
            if let found = member(path[path.index(after: dot)...], of: inner) { return found }
        }
        return nil
    }
}

/// What a person may be here, as the provider's claims have it.
package struct MappedAccess: Sendable, Hashable {
    package enum Tenants: Sendable, Hashable {
        case all
        case named(Set<String>)
    }

    /// Nil when no row of the table speaks of this person, who then may do nothing.
    package let role: String?
    package let tenants: Tenants

    package init(role: String?, tenants: Tenants) {
        self.role = role
        self.tenants = tenants
    }
}

import SlipwayDomain
import Testing

@testable import SlipwayOIDC

@Suite struct ClaimMappingTests {
    private static let mapping = ClaimMapping(
        rolesClaim: "realm_access.roles",
        roles: [
            .init(value: "yard-manager", name: "managing-director"), .init(value: "yard-user", name: "client"),
            .init(value: "yard-K", name: "driver"),
        ],
        tenantsClaim: "tenants", allTenantsValue: "*")

    static let roles: [(String, JSONValue, String?)] = [
        (
            "the first in the table wins", ["realm_access": ["roles": ["yard-user", "yard-manager"]]],
            "managing-director"
        ),
        ("one that stands alone", ["realm_access": ["roles": "yard-user"]], "client"),
        ("others do not count", ["realm_access": ["roles": ["admin", 7, .null, ["yard-user"]]]], nil),
        ("none", ["realm_access": [:]], nil), ("no claim", [:], nil),
        ("text in its place", ["realm_access": "roles"], nil),
        ("another case", ["realm_access": ["roles": ["Yard-User"]]], nil),
        ("what only looks like it", ["realm_access": ["roles": ["yard-\u{212A}"]]], nil),
        ("a name with a dot", ["realm_access.roles": ["yard-user"]], "client"),
        ("an object", ["realm_access": ["roles": ["yard-user": true]]], nil), ("a list of claims", [], nil),
    ]

    @Test(arguments: roles)
    func `the role that the table gives`(_ name: String, _ claims: JSONValue, _ role: String?) {
        #expect(Self.mapping.access(of: claims).role == role)
    }

    static let tenants: [(JSONValue, MappedAccess.Tenants)] = [
        (["tenants": ["a", "b", "a"]], .named(["a", "b"])), (["tenants": "a"], .named(["a"])), ([:], .named([])),
        (["tenants": ["a", "*"]], .all), (["tenants": "*"], .all), (["tenants": true], .named([])),
        (["tenants": [1, "a"]], .named(["a"])),
    ]

    @Test(arguments: tenants)
    func `the tenants that the claim names, or all`(_ claims: JSONValue, _ tenants: MappedAccess.Tenants) {
        #expect(Self.mapping.access(of: claims).tenants == tenants)
    }

    @Test func `a star stands for all only where the settings say so`() {
        let mapping = ClaimMapping(rolesClaim: "groups", roles: [], tenantsClaim: "tenants")
        #expect(mapping.access(of: ["tenants": "*"]).tenants == .named(["*"]))
    }

    @Test func `names with dots in them are found inside others`() {
        let mapping = ClaimMapping(
            rolesClaim: "resource_access.yard.example.roles", roles: [.init(value: "a", name: "driver")],
            tenantsClaim: "https://example.test/tenants")
        let access = mapping.access(of: [
            "resource_access": ["yard": "no", "yard.example": ["roles": ["a"]]], "https://example.test/tenants": ["t"],
        ])
        #expect(access == MappedAccess(role: "driver", tenants: .named(["t"])))
    }
}

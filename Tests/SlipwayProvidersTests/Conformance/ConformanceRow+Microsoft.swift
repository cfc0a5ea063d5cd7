import SlipwayDomain
import SlipwayLab

extension ConformanceRow {
    static let microsoft = microsoftReads + microsoftEffects

    private static let microsoftReads = [
        reads("connection.check", "permission", "/microsoft/v1.0/servicePrincipals"),
        reads("directory.groups.sync", "all_groups_v1", "/microsoft/v1.0/groups/delta"),
        reads(
            "directory.role_definitions.sync", "role_definitions",
            "/microsoft/v1.0/roleManagement/directory/roleDefinitions"),
        reads("inventory.sync", "service_principals", "/microsoft/v1.0/servicePrincipals"),
        reads("compliance.snapshot", "authorization_policy", "/microsoft/v1.0/policies/authorizationPolicy"),
        reads(
            "compliance.snapshot", "conditional_access_policies",
            "/microsoft/v1.0/identity/conditionalAccess/policies"),
    ]

    private static let microsoftEffects = [
        restores("PATCH", "change", effect: .once) { tenant, id in
            _ = tenant.change(id) { $0.displayName = "Змінено після знімка" }
        } isDone: { fixture in
            fixture.directory.group(id(fixture))?.displayName != "Змінено після знімка"
        },
        restores("POST", "create", effect: .once) { tenant, id in
            _ = tenant.remove(id)
        } isDone: { fixture in
            fixture.directory.groups.contains { $0.mailNickname == "group-1-1" }
        },
        restores("DELETE", "remove", effect: .repeatable) { _, _ in
        } isDone: { fixture in
            fixture.directory.group(id(fixture)) == nil
        },
    ]

    /// The seed's first group, also when it is gone.
    private static func id(_ fixture: LabFixture) -> String { fixture.seed.tenant(0).groups[0].id }

    private static func reads(_ operation: String, _ item: String, _ path: String) -> ConformanceRow {
        ConformanceRow(
            provider: "microsoft", operation: operation, item: { _ in item }, path: path, method: "GET",
            effect: .none, prepare: { _ in }, isDone: nil)
    }

    private static func restores(
        _ method: String, _ change: String, effect: Effect,
        _ disturb: @escaping @Sendable (inout LabTenant, String) -> Void,
        isDone: @escaping @Sendable (LabFixture) -> Bool
    ) -> ConformanceRow {
        ConformanceRow(
            provider: "microsoft", operation: "restore.execute", item: { "\(change)/\(id($0))" },
            path: "/microsoft/v1.0/groups", method: method, effect: effect,
            prepare: { fixture in
                _ = try await fixture.perform("directory.groups.sync", "all_groups_v1")
                fixture.microsoft.change(fixture.directory.id) { disturb(&$0, id(fixture)) }
            }, isDone: isDone, readsBody: method == "POST")
    }
}

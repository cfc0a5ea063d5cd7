import SlipwayDomain

/// The roles that every directory has, with the ids they have everywhere, and one of a directory's own.
enum RoleDefinitions {
    static let all: [JSONValue] = [
        role("62e90394-69f5-4237-9190-012177145e10", "Global Administrator", "microsoft.directory/*"),
        role("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader", "microsoft.directory/*/standard/read"),
        role("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator", "microsoft.directory/users/create"),
        role("fdd7a751-b60b-444a-984c-02652fe8fa1c", "Groups Administrator", "microsoft.directory/groups/create"),
        role(
            "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator",
            "microsoft.directory/conditionalAccessPolicies/create"),
        role(
            "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator",
            "microsoft.directory/applications/create"),
        role(
            "3b7f2f2e-1d43-4f0a-9c6e-52c1a5e0d001", "Начальник зміни", "microsoft.directory/groups/members/update",
            isBuiltIn: false),
    ]

    private static func role(_ id: String, _ name: String, _ action: String, isBuiltIn: Bool = true) -> JSONValue {
        [
            "id": .string(id), "templateId": .string(id), "displayName": .string(name),
            "description": .null, "isBuiltIn": .bool(isBuiltIn), "isEnabled": true, "version": "1",
            "resourceScopes": ["/"],
            "rolePermissions": [["allowedResourceActions": [.string(action)], "condition": .null]],
        ]
    }
}

import SlipwayDomain

/// The applications of a stood-in directory: Graph itself, the registered one, and some that were once tried.
enum ServicePrincipals {
    static func all(application: String, tenant: Int, seed: UInt64) -> [JSONValue] {
        var random = ScenarioRandom(seed: seed, stream: 4, position: tenant)
        let roles = GraphRole.allCases.map { role -> JSONValue in
            [
                "id": .string(role.id), "value": .string(role.rawValue), "displayName": .string(role.rawValue),
                "allowedMemberTypes": ["Application"], "isEnabled": true,
            ]
        }
        var all = [
            principal(&random, GraphRole.resource, "Microsoft Graph", roles: roles),
            principal(&random, application, "Slipway"),
        ]
        for name in ["Облік палива", "Planification des quais", "Табель"] {
            all.append(principal(&random, GUID.text(&random), name))
        }
        return all
    }

    private static func principal(
        _ random: inout ScenarioRandom, _ application: String, _ name: String, roles: [JSONValue] = []
    ) -> JSONValue {
        [
            "id": .string(GUID.text(&random)), "appId": .string(application), "displayName": .string(name),
            "accountEnabled": true, "servicePrincipalType": "Application", "appRoles": .array(roles),
            "signInAudience": "AzureADMultipleOrgs",
        ]
    }
}

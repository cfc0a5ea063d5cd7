import SlipwayDomain

/// The policies of a stood-in directory, by their paths behind `v1.0`.
enum Policies {
    static func all(tenant: String, random: inout ScenarioRandom) -> [String: JSONValue] {
        let conditional: [JSONValue] = [
            ("Вимагати MFA для адміністраторів", "enabled"), ("Bloquer l'authentification héritée", "enabled"),
            ("Essai : appareils conformes", "enabledForReportingButNotEnforced"),
        ].map { name, state in
            [
                "id": .string(GUID.text(&random)), "displayName": .string(name), "state": .string(state),
                "conditions": ["clientAppTypes": ["all"], "users": ["includeUsers": ["All"]]],
                "grantControls": ["operator": "OR", "builtInControls": ["mfa"]],
            ]
        }
        return [
            "policies/authorizationPolicy": [
                "id": "authorizationPolicy", "displayName": "Authorization Policy",
                "allowInvitesFrom": "adminsAndGuestInviters", "allowedToUseSSPR": true,
                "blockMsolPowerShell": true, "guestUserRoleId": "10dae51f-b6af-4016-8d66-8c2a99b929b3",
                "defaultUserRolePermissions": [
                    "allowedToCreateApps": false, "allowedToCreateSecurityGroups": false,
                    "allowedToReadOtherUsers": true,
                ],
            ],
            "identity/conditionalAccess/policies": .array(conditional),
        ]
    }
}

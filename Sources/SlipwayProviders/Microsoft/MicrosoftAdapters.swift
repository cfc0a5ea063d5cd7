package import SlipwayDomain

/// What carries out each operation at Microsoft, by the operation's type; checks are `ConnectionCheckAdapter`'s.
package enum MicrosoftAdapters {
    package static func all(_ tools: MicrosoftTools) -> [String: any Adapter] {
        [
            "directory.groups.sync": GroupsSync(tools: tools),
            "directory.role_definitions.sync": CollectionSync.roleDefinitions(tools),
            "inventory.sync": CollectionSync.servicePrincipals(tools),
            "compliance.snapshot": ComplianceSnapshot(tools: tools),
            "restore.plan": GroupRestorePlan(restore: GroupRestore(tools: tools)),
            "restore.execute": GroupRestore(tools: tools),
        ]
    }
}

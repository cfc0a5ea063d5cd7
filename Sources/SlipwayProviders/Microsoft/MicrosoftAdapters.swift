package import SlipwayDomain

/// What carries out each operation at Microsoft, by the operation's type; checks are `ConnectionCheckAdapter`'s.
package enum MicrosoftAdapters {
    /// The types of all of them.
    package static var types: Set<String> { Set(makers.keys) }

    package static func all(_ tools: MicrosoftTools) -> [String: any Adapter] {
        makers.mapValues { $0(tools) }
    }

    private static let makers: [String: @Sendable (MicrosoftTools) -> any Adapter] = [
        "directory.groups.sync": { GroupsSync(tools: $0) },
        "directory.role_definitions.sync": { CollectionSync.roleDefinitions($0) },
        "inventory.sync": { CollectionSync.servicePrincipals($0) },
        "compliance.snapshot": { ComplianceSnapshot(tools: $0) },
        "restore.plan": { GroupRestorePlan(restore: GroupRestore(tools: $0)) },
        "restore.execute": { GroupRestore(tools: $0) },
    ]
}

extension OperationRegistry {
    /// What comes with Slipway.
    package static let bundled = OperationRegistry(microsoft + cutover)

    private static let microsoft = [
        microsoft(
            "connection.check", "Check connection", "connections", .checkProvider, scope: "connection:{connection}"),
        microsoft("directory.groups.sync", "Sync groups", "directory", .syncDirectory, identity: ["selection_key"]),
        microsoft("directory.role_definitions.sync", "Sync role definitions", "directory", .syncDirectory),
        microsoft("inventory.sync", "Sync inventory", "inventory", .syncInventory),
        microsoft("compliance.snapshot", "Take compliance snapshot", "compliance", .takeCompliance),
        microsoft("restore.execute", "Restore", "restore", .executeRestore, identity: ["restore_run"]),
    ]

    private static func microsoft(
        _ type: String, _ verb: String, _ module: String, _ capability: Capability,
        scope: String = "tenant:{tenant}/microsoft", identity: [String] = []
    ) -> OperationDefinition {
        OperationDefinition(
            type: type, verb: verb, provider: "microsoft", module: module, capability: capability,
            protectedScopes: [ScopeTemplate(scope)], identityFields: ["connection"] + identity)
    }

    private static let cutover = [
        stage("cutover.connect", "Prove the target"),
        stage("cutover.preflight", "Read the source for hazards"),
        stage("cutover.dry_run", "Rehearse the cutover", requires: [.migrationPreflight]),
        stage("cutover.copy", "Copy the rows", requires: [.migrationPreflight]),
        stage("cutover.verify", "Verify both sides"),
    ]

    /// Stages of one cutover go one at a time: each needs the source or the target to itself. A stage is resumed by
    /// running it again, so a lost worker costs it nothing but time; what fails is for a person to look at.
    private static func stage(
        _ type: String, _ verb: String, requires: [PacketKind] = []
    ) -> OperationDefinition {
        OperationDefinition(
            type: type, verb: verb, provider: "postgres", module: "cutover", capability: .runCutover,
            needsConnection: false, protectedScopes: [ScopeTemplate("cutover:{cutover}")],
            identityFields: ["cutover", "manifest"], requiredEvidence: requires,
            retry: RetryPolicy(attempts: 1, firstPauseMilliseconds: 0, longestPauseMilliseconds: 0),
            deadlineSeconds: 86_400)
    }
}

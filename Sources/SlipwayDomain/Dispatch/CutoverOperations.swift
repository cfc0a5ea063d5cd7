extension OperationDefinition {
    /// The stages of a cutover: the operations that come with Slipway and are of no provider in the catalogue.
    package static let cutover = [
        stage("cutover.connect", "Prove the target"),
        stage("cutover.preflight", "Read the source for hazards"),
        stage("cutover.dry_run", "Rehearse the cutover", requires: [.migrationPreflight]),
        stage("cutover.copy", "Copy the rows", requires: [.migrationPreflight]),
        stage("cutover.verify", "Verify both sides"),
        stage("cutover.drill", "Rehearse the way back", requires: [.adapterDryRun]),
        stage("cutover.wiring", "Look at the target's wiring", requires: [.adapterConnection]),
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

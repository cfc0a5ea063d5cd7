/// What a packet is evidence of. The names are part of the contract with whoever reads packets.
package enum PacketKind: String, CaseIterable, Hashable, Sendable {
    case adapterConnection = "ProductionAdapterConnection.v1"
    case adapterDryRun = "ProductionAdapterDryRun.v1"
    case migrationPreflight = "ProductionAdapterMigrationPreflight.v1"
    case migrationRunbook = "ProductionAdapterMigrationRunbook.v1"
    case dataCutoverPlan = "ProductionDataCutoverPlan.v1"
    case releaseHandoff = "ProductionReleaseHandoff.v1"
    case rollbackDrill = "ProductionRollbackDrill.v1"
    case infrastructureDecision = "ProductionInfrastructureDecision.v1"
    case adapterWiring = "ProductionDbAuthAdapterWiring.v1"
    case credentialCutover = "ProviderCredentialCutover.v1"
    case scenarioSnapshot = "BFGScenarioSnapshot.v1"
    case board = "SlipwayBoard.v1"
}

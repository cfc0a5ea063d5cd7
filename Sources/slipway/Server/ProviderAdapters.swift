import SlipwayDomain
import SlipwayOperations
import SlipwayProviders

/// The adapters of the catalogue's providers: who carries out their operations.
struct ProviderAdapters {
    let catalogue: ProviderCatalogue
    let credentials: any CredentialSource
    let findings: RunFindings
    let calls: any ProviderCalls
    let clock: any WallClock

    var all: [String: any Adapter] {
        let tools = MicrosoftTools(calls: calls, credentials: credentials, directory: findings, clock: clock)
        let probes = Dictionary(
            uniqueKeysWithValues: catalogue.all.compactMap { provider in
                probes(of: provider.adapter, tools).map { (provider.name, $0) }
            })
        let check = ConnectionCheckAdapter(credentials: credentials, records: findings, probes: probes)
        var adapters: [String: any Adapter] = [:]
        for provider in catalogue.all {
            let own = provider.adapter == "microsoft" ? MicrosoftAdapters.all(tools) : [:]
            for operation in provider.operations {
                adapters[operation.type] =
                    operation.capability == .checkProvider && probes[provider.name] != nil
                    ? check : own[operation.type]
            }
        }
        return adapters
    }

    private func probes(of adapter: String, _ tools: MicrosoftTools) -> (any ConnectionProbes)? {
        switch adapter {
        case "microsoft": MicrosoftProbes(tools)
        case "oidc": OIDCProbes(calls: calls)
        case "http": HTTPProbes(calls: calls)
        case "postgres": PostgresProbes()
        default: nil
        }
    }
}

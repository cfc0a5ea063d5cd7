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
        let probes = catalogue.all.reduce(into: [String: any ConnectionProbes]()) { probes, provider in
            probes[provider.name] = self.probes(of: provider.adapter, tools)
        }
        let own = ["microsoft": MicrosoftAdapters.all(tools)]
        return catalogue.all.reduce(into: [:]) { adapters, provider in
            let check = ConnectionCheckAdapter(
                credentials: credentials, records: findings, probes: probes, steps: provider.probe)
            for operation in provider.operations {
                adapters[operation.type] =
                    operation == provider.check && probes[provider.name] != nil
                    ? check : own[provider.adapter]?[operation.type]
            }
        }
    }

    /// The types of all these operations: what `all` has adapters for.
    static func served(_ catalogue: ProviderCatalogue) -> Set<String> {
        Set(
            catalogue.all.filter { $0.adapter != "none" }.flatMap { provider in
                provider.operations.filter { operation in
                    operation == provider.check
                        || provider.adapter == "microsoft" && MicrosoftAdapters.types.contains(operation.type)
                }.map(\.type)
            })
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

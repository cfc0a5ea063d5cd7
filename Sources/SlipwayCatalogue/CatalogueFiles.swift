package import SlipwayDomain
import SlipwayYAML

extension ProviderCatalogue {
    /// The providers that come with Slipway, and those a person described besides: each a name and the text of its file.
    ///
    /// Throws `DocumentError` for a file that cannot be obeyed, and for a provider or an operation that is there twice.
    package static func reading(
        besides files: [(name: String, text: String)] = [], operations: [OperationDefinition] = []
    ) throws -> ProviderCatalogue {
        var providers: [ProviderDefinition] = []
        var types = Set(operations.map(\.type))
        for file in bundledFiles + files {
            let definition = try ProviderFile(parsing: file.text, named: file.name).definition()
            guard !providers.contains(where: { $0.name == definition.name }) else {
                throw DocumentError(
                    document: file.name, path: "provider", problem: "there is a provider \(definition.name) already")
            }
            for operation in definition.operations where !types.insert(operation.type).inserted {
                throw DocumentError(
                    document: file.name, path: "operations", problem: "there is an operation \(operation.type) already")
            }
            providers.append(definition)
        }
        return ProviderCatalogue(providers, besides: operations)
    }

    private static let bundledFiles: [(name: String, text: String)] = [
        ("microsoft.yaml", PackageResources.microsoft_yaml), ("postgres.yaml", PackageResources.postgres_yaml),
        ("oidc.yaml", PackageResources.oidc_yaml), ("keycloak.yaml", PackageResources.keycloak_yaml),
        ("newapi.yaml", PackageResources.newapi_yaml), ("kubernetes.yaml", PackageResources.kubernetes_yaml),
        ("document-ai.yaml", PackageResources.document_ai_yaml), ("ksef.yaml", PackageResources.ksef_yaml),
        ("maps-eta.yaml", PackageResources.maps_eta_yaml),
        ("background-sync.yaml", PackageResources.background_sync_yaml),
    ].map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }

    /// What comes with Slipway. Its files are part of the program, and its tests read them.
    package static let bundled: ProviderCatalogue = {
        do {
            return try reading(operations: OperationDefinition.own)
        } catch {
            preconditionFailure("a file of the catalogue cannot be obeyed: \(error)")
        }
    }()
}

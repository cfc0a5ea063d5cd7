import SlipwayCutover
import SlipwayDomain
import SlipwayOperations
import SlipwayProviders

/// What carries out each operation in a server.
enum Adapters {
    static func all(_ installation: Installation) async throws -> [String: any Adapter] {
        let providers = ProviderAdapters(
            catalogue: installation.catalogue,
            credentials: RunCredentials(installation.changes, installation.catalogue, try await installation.sealer()),
            findings: RunFindings(installation.database, clock: installation.clock, ids: installation.ids),
            calls: GuardedCalls(tls: try TrustedTLS(), clock: installation.clock), clock: installation.clock)
        return cutover(installation).merging(providers.all) { own, _ in own }
    }

    /// The operations a server of this installation carries out.
    static func served(_ installation: Installation) -> Set<String> {
        Set(OperationDefinition.cutover.map(\.type)).union(ProviderAdapters.served(installation.catalogue))
    }

    private static func cutover(_ installation: Installation) -> [String: any Adapter] {
        CutoverAdapter.all { call in
            let job = try CutoverJob.named(in: call.target, data: installation.folder)
            return StageRunner(
                job: job, file: call.target["file"] ?? "", folder: installation.folder,
                evidence: installation.evidence, console: .silent, report: call.report,
                binding: { try await installation.binding(of: job.manifest.name) })
        }
    }
}

import ArgumentParser
import SlipwayDomain

struct ProviderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider", abstract: "The providers there can be connections to.",
        discussion: "A file DIR/providers/NAME.yaml in the data directory describes one more.",
        subcommands: [ProviderList.self])
}

struct ProviderList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The catalogue of providers.")
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            for provider in try DataDirectory(data).catalogue().all {
                let endpoints = provider.endpoints.values.flatMap(\.keys)
                let kinds = provider.credentials.map(\.rawValue).joined(separator: ", ")
                console.line(
                    "\(Figures.padded(provider.name, 16)) \(Figures.padded(provider.label, 20)) \(Figures.padded(kinds, 26)) \(Set(endpoints).sorted().joined(separator: ", "))"
                )
            }
        }
    }
}

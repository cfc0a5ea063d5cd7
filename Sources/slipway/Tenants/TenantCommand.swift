import ArgumentParser
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore

struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "The tenants of the workspace.",
        subcommands: [TenantAdd.self, TenantList.self, TenantImportCommand.self])
}

struct TenantAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a tenant.")

    @Argument(help: "Its name.")
    var name: String

    @Option(help: "The id of its directory at the provider.")
    var directory: String?

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            let id = try await installation.tenants.add(name: name, directory: directory, installation.context())
            console.line("tenant \(id)  \(name)")
        }
    }
}

struct TenantList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The tenants there are.")
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            let tenants = try await installation.tenants.all(installation.context())
            if tenants.isEmpty { console.line("no tenants: add one with `slipway tenant add NAME`") }
            for tenant in tenants { console.line("\(tenant.id)  \(tenant.name)") }
        }
    }
}

extension Installation {
    var tenants: Tenants { Tenants(changes) }

    /// The tenant of that name or number; nil for none named.
    func tenant(_ name: String?) async throws -> TenantRecord? {
        guard let name else { return nil }
        let found = try await database.scoped(to: scope).read { try TenantReads.tenant(named: name, in: scope, $0) }
        guard let found else { throw NotFound.tenant(name) }
        return found
    }
}

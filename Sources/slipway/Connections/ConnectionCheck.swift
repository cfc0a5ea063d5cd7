import ArgumentParser
import SlipwayDomain
import SlipwayOperations
import SlipwayStore

struct ConnectionCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Put a check of the connection to the gate.",
        discussion: """
            A server on the same data carries it out; `slipway runs watch` follows it. Exit status: 0 accepted or under \
            way already, 2 blocked, 4 busy.
            """)
    @OptionGroup var connection: ConnectionArgument

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let id = try connection.id()
            let (record, _) = try await installation.connections.connection(id, installation.context())
            guard let check = installation.catalogue[record.provider]?.check else {
                throw NotFound.provider(record.provider)
            }
            let gate = installation.gate(served: Adapters.served(installation))
            let start = OperationStart(installation.database, registry: installation.registry, gate: gate)
            let answer = try await start(
                OperationStart.Subject(operation: check.type, connection: id.number), installation.context()
            ) { OperationStart.Details(surface: "cli") }
            try StartReport(answer, isPreflight: false).show(on: console)
        }
    }
}

import ArgumentParser
import SlipwayDomain
import SlipwayOperations
import SlipwayWeb

struct OperationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operation", abstract: "Start operations, and see which there are.",
        subcommands: [OperationStartCommand.self, OperationListCommand.self])
}

struct OperationListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The operations there are.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            for operation in try DataDirectory(data).catalogue().registry.all {
                console.line("\(Figures.padded(operation.type, 34)) \(operation.provider)  \(operation.verb)")
            }
        }
    }
}

struct OperationStartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Put an operation to the gate.",
        discussion: """
            A server on the same data carries it out; `slipway runs watch` follows it. Exit status: 0 accepted or under \
            way already, 2 blocked, 4 busy.
            """)
    @Argument(help: "The operation's type, such as directory.groups.sync.")
    var type: String

    @Option(help: "The tenant, by name or number.")
    var tenant: String?

    @Option(help: "The provider connection; the tenant's default when not given.")
    var connection: Int64?

    @Option(name: .customLong("set"), help: ArgumentHelp("A field of the operation's own.", valueName: "name=value"))
    var fields: [String] = []

    @Flag(help: "Only say what the gate would answer.")
    var preflight = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let gate = installation.gate(served: Adapters.served(installation))
            let start = OperationStart(installation.database, registry: installation.registry, gate: gate)
            let subject = OperationStart.Subject(operation: type, tenant: tenant, connection: connection)
            let answer = try await start(subject, installation.context()) {
                OperationStart.Details(target: try target(), surface: "cli", isPreflight: preflight)
            }
            try StartReport(answer, isPreflight: preflight).show(on: console)
        }
    }

    private func target() throws -> [String: String] {
        var target: [String: String] = [:]
        for field in fields {
            guard let equals = field.firstIndex(of: "="), equals != field.startIndex else {
                throw CommandFailure(status: .usage, description: "--set is NAME=VALUE, not \(field)")
            }
            target[String(field[..<equals])] = String(field[field.index(after: equals)...])
        }
        return target
    }
}

import ArgumentParser
import SlipwayDomain
import SlipwayOperations
import SlipwayStore

struct ConnectionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connection", abstract: "Connections of tenants to providers, and their credentials.",
        subcommands: [
            ConnectionList.self, ConnectionShow.self, ConnectionAdd.self, ConnectionCheck.self, ConnectionDefault.self,
            ConnectionEnable.self, ConnectionDisable.self, ConnectionRemove.self, ConnectionRotate.self,
            ConnectionAdoptLegacy.self,
        ])
}

struct ConnectionList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The connections there are.")

    @Option(help: "Those of this tenant alone, by name or number.")
    var tenant: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let connections = try await installation.connections.all(tenant: tenant, installation.context())
            let words = ConnectionWords(installation.catalogue, at: installation.clock.now())
            if connections.isEmpty {
                console.line("no connections: add one with `slipway connection add TENANT PROVIDER`")
            }
            for connection in connections { console.line(words.line(connection)) }
            try console.result(["connections": .array(connections.map(words.json))])
        }
    }
}

struct ConnectionShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One connection: its health, what was granted, and its history.")
    @OptionGroup var connection: ConnectionArgument

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let (record, history) = try await installation.connections.connection(
                connection.id(), installation.context())
            let words = ConnectionWords(installation.catalogue, at: installation.clock.now())
            for line in words.lines(record) + history.map(words.line) { console.line(line) }
            try console.result(words.json(record))
        }
    }
}

struct ConnectionAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a connection of a tenant to a provider.",
        discussion: "A tenant's first connection to a provider is its default. Give it a credential with `rotate`.")
    @Argument(help: "The tenant, by name or number.")
    var tenant: String

    @Argument(help: "The provider; `slipway provider list` shows them.")
    var provider: String

    @Option(help: "The provider's own name for the tenant; the tenant's directory when not given.")
    var directory: String?

    @Option(help: "What people read.")
    var label: String?

    @Flag(help: "To the provider's stand-in on this machine.")
    var local = false

    @Option(help: ArgumentHelp("An address of the provider's; once for each.", valueName: "name=url"))
    var endpoint: [String] = []

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let draft = Connections.Draft(
                tenant: tenant, provider: provider, directory: directory, label: label,
                mode: local ? .local : .production, endpoints: try endpoints())
            let record = try await installation.connections.add(draft, installation.context())
            let words = ConnectionWords(installation.catalogue, at: installation.clock.now())
            console.line(words.line(record))
            try console.result(words.json(record))
        }
    }

    private func endpoints() throws -> [String: String] {
        try endpoint.reduce(into: [:]) { endpoints, text in
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                throw CommandFailure(status: .usage, description: "--endpoint is NAME=URL, not \(text)")
            }
            endpoints[String(text[..<equals])] = String(text[text.index(after: equals)...])
        }
    }
}

struct ConnectionDefault: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "default", abstract: "Make it the default of its tenant and provider.")
    @OptionGroup var connection: ConnectionArgument
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            let id = try connection.id()
            try await installation.connections.makeDefault(id, installation.context())
            console.line("connection \(id) is the default")
        }
    }
}

struct ConnectionDisable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Switch it off: nothing starts through it.")
    @OptionGroup var connection: ConnectionArgument
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            let id = try connection.id()
            try await installation.connections.setDisabled(true, id, installation.context())
            console.line("connection \(id) is switched off")
        }
    }
}

struct ConnectionEnable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Switch it on again; then check it.")
    @OptionGroup var connection: ConnectionArgument
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            let id = try connection.id()
            try await installation.connections.setDisabled(false, id, installation.context())
            console.line("connection \(id) is switched on: check it with `slipway connection check \(id)`")
        }
    }
}

struct ConnectionRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove one that no run ever went through.")
    @OptionGroup var connection: ConnectionArgument
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            let id = try connection.id()
            try await installation.connections.remove(id, installation.context())
            console.line("connection \(id) is removed")
        }
    }
}

import ArgumentParser

/// Which server elsewhere is meant.
struct ServerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The server; may be left out where there is a login at one server alone.", valueName: "url"))
    var server: String?

    func address(among logins: [ServerAddress: KeptLogin]) throws -> ServerAddress {
        if let server { return try ServerAddress(server) }
        let known = logins.keys.sorted()
        guard let only = known.first else {
            throw CommandFailure(
                status: .usage, description: "there is no login at any server: `slipway login --server URL`")
        }
        guard known.count == 1 else {
            let names = known.map(\.description).joined(separator: ", ")
            throw CommandFailure(status: .usage, description: "there are logins at \(names): name one with --server")
        }
        return only
    }
}

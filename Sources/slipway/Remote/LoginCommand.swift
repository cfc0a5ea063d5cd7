import ArgumentParser
import SlipwayDomain
import SlipwayOIDC

struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Sign in to a server elsewhere.",
        discussion: """
            Where the server's OpenID provider has it, you approve a code in a browser; else you give an API token. The \
            login is kept once the server has taken it, in slipway/servers.json of your configuration folder.
            """)
    @Option(help: ArgumentHelp("The server.", valueName: "url"))
    var server: String

    @Flag(help: "Read an API token from standard input, whatever else there is.")
    var tokenStdin = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        try await Console.run(json: json) { console in
            let address = try ServerAddress(server)
            let file = ServersFile()
            _ = try file.logins()
            try await RemoteServer.withClient { client in
                let desk = LoginDesk(RemoteServer(address, client), client)
                let login =
                    tokenStdin
                    ? KeptLogin(token: try TokenInput.token(for: address))
                    : try await desk.signIn(announce: Self.announce) { try TokenInput.token(for: address) }
                let identity = try await desk.identity(login)
                try await file.change { $0[address] = login }
                console.line("signed in to \(address) as \(IdentityLine.text(identity))")
                try console.result(IdentityLine.json(identity, address))
            }
        }
    }

    private static func announce(_ grant: DeviceGrant) {
        Console.warn("Open \(grant.address) in a browser and type the code \(grant.userCode)")
        if let address = grant.addressWithCode { Console.warn("or open \(address) and compare the code.") }
        Console.warn("Waiting; the code is good for \(Figures.duration(Double(grant.lifeSeconds))).")
    }
}

struct LogoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Forget the login at a server, and end it at the provider.",
        discussion: "An API token is forgotten here and goes on there: `slipway token revoke` ends it.")
    @OptionGroup var options: ServerOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        try await Console.run(json: json) { console in
            let file = ServersFile()
            let address = try options.address(among: file.logins())
            let login = try await file.change { $0.removeValue(forKey: address) }
            var isEnded = false
            if let login { isEnded = try await Self.end(login, address) }
            console.line(
                login == nil
                    ? "there was no login at \(address)"
                    : "the login at \(address) is forgotten" + (isEnded ? ", and ended at the provider" : ""))
            try console.result([
                "server": .string(address.description), "forgotten": .bool(login != nil), "ended": .bool(isEnded),
            ])
        }
    }

    /// Whether the provider ended it. One that cannot be asked does not bring the login back.
    private static func end(_ login: KeptLogin, _ address: ServerAddress) async throws -> Bool {
        try await RemoteServer.withClient { client in
            do {
                return try await LoginDesk(RemoteServer(address, client), client).revoke(login)
            } catch let error as ProviderUnavailable {
                Console.warn("not ended at the provider: \(error)")
            } catch let error as ProviderRefusal {
                Console.warn("not ended at the provider: \(error)")
            }
            return false
        }
    }
}

struct WhoAmICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami", abstract: "Who a server elsewhere takes you for, and what you may do there.")
    @OptionGroup var options: ServerOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        try await Console.run(json: json) { console in
            let file = ServersFile()
            let address = try options.address(among: file.logins())
            try await RemoteServer.withClient { client in
                let server = RemoteServer(address, client)
                let session = ServerSession(server, LoginDesk(server, client), file)
                let answer = try await server.whole(try await session.send(.identity))
                if let failure = answer.failure(of: address) { throw failure }
                console.line("\(IdentityLine.text(answer.json ?? .null)), at \(address)")
                try console.result(IdentityLine.json(answer.json ?? .null, address))
            }
        }
    }
}

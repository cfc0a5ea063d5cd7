import ArgumentParser
import Glibc
import Hummingbird
import Logging
import ServiceLifecycle
import SlipwayDomain
import SlipwayEngine
import SlipwayOIDC
import SlipwayOperations
import SlipwayWeb

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the server: the API, and a worker that carries out what is started.",
        discussion: """
            Run as many as needed on one --database. SIGTERM stops it: runs under way get time to end, the others are \
            handed back for another worker.
            """)
    @Option(help: "Where to listen. Without --auth headers say who is there, and only loopback addresses are taken.")
    var listen = "127.0.0.1:8080"

    @Option(
        help: ArgumentHelp("Sign people in at the OpenID provider that this file names (mode oidc).", valueName: "file")
    )
    var auth: String?

    @Option(help: "How many runs to carry out at once; 0 leaves them to other servers.")
    var concurrency = WorkerSettings().concurrency

    @Option(
        help: ArgumentHelp(
            "What starts by the clock; schedules.yaml in the data directory when there is one.", valueName: "file"))
    var schedules: String?

    @Option(help: "Keep the details of runs that were over less than so many days ago.")
    var keepDays = RunsPrune.usualDays

    @OptionGroup var scenario: ScenarioOptions

    @OptionGroup var data: DataOptions

    func validate() throws {
        guard (0...10_000).contains(concurrency) else {
            throw ValidationError("--concurrency is a number from 0 to 10000.")
        }
        guard (1...36_500).contains(keepDays) else { throw ValidationError("--keep-days is a number from 1.") }
    }

    func run() async throws {
        try await Console.run { console in
            let address = try ListenAddress(listen, isMock: auth == nil)
            let settings = try auth.map { try AuthFile(path: $0).settings() }
            let installation = try await Installation(data, logger: Logger(label: "slipway"))
            let schedules = try ScheduleFile(schedules, data: installation.folder).schedules(installation.registry)
            let server = Server(
                installation, scenario: try await scenario.place(data: installation.folder), address: address,
                concurrency: concurrency, schedules: schedules, keepDays: keepDays)
            guard let settings else {
                return try await server.run(console, installation.mockSignIn)
            }
            try await installation.withProvider(settings, key: try DataDirectory(data).rootKey()) { access in
                try await server.run(console, access)
            }
        }
    }
}

/// A host and a port to listen on.
struct ListenAddress {
    let host: String
    let port: Int

    /// Throws for what is no address, and in mock mode for one that others than this machine can reach: anyone there
    /// could claim to be anyone.
    init(_ text: String, isMock: Bool = true) throws {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65535).contains(port)
        else {
            throw CommandFailure(status: .usage, description: "--listen is HOST:PORT, such as 127.0.0.1:8080")
        }
        let host = text[..<colon].drop { $0 == "[" }.prefix { $0 != "]" }
        guard !isMock || Loopback.contains(host) else {
            throw CommandFailure(
                status: .refused,
                description: "\(host) can be reached by others, and the mode mock-auth-header believes whoever calls: "
                    + "listen on 127.0.0.1, or name an OpenID provider with --auth")
        }
        self.host = String(host)
        self.port = port
    }
}

import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOHTTP1
import SlipwayDomain
import SlipwayOIDC

struct APICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api", abstract: "Send one request to a server's API, with the login that is kept for it.",
        discussion: """
            Fields of a POST become its JSON body, those of a GET its query. The answer is printed as it came; /openapi.json \
            has every address. Exit status: 0 done, 2 blocked (422), 4 busy (409, 412), 5 refused (401, 403), 64 any other \
            request that was wrong, 69 not reached, 70 a fault of the server's.

            slipway api POST /api/v1/operations/directory.groups.sync/starts -f tenant=Contoso --idempotency-key monday
            slipway api GET /api/v1/runs/488245999944485/events
            """)
    @Argument(help: "GET, POST.")
    var method: String

    @Argument(help: "From the slash on, such as /api/v1/runs.")
    var path: String

    @Option(
        name: [.customShort("f"), .customLong("field")],
        help: ArgumentHelp(
            "A field: name=value is text, name:=value is JSON. Once for each.", valueName: "name=value"))
    var fields: [String] = []

    @Option(help: ArgumentHelp("The body, as JSON; - is standard input.", valueName: "file"))
    var body: String?

    @Option(help: "Your own name for this start: asking again under it starts nothing.")
    var idempotencyKey: String?

    @Option(
        name: [.customShort("H"), .customLong("header")],
        help: ArgumentHelp("A header of the request. Once for each.", valueName: "name: value"))
    var headers: [String] = []

    @OptionGroup var options: ServerOptions

    func validate() throws {
        guard body == nil || fields.isEmpty else {
            throw ValidationError("--body has all of the body: it goes without --field.")
        }
    }

    func run() async throws {
        try await Console.run { _ in
            let request = try request()
            let file = ServersFile()
            let address = try options.address(among: file.logins())
            try await RemoteServer.withClient { client in
                let server = RemoteServer(address, client)
                let session = ServerSession(server, LoginDesk(server, client), file)
                let response =
                    request.namesActor ? try await server.send(request, nil) : try await session.send(request)
                try await show(response, of: server)
            }
        }
    }

    private func request() throws -> ServerRequest {
        var request = try ServerRequest(method.uppercased(), path)
        try request.add(RequestFields(fields))
        if let body { try request.add(body: try contents(of: body)) }
        for header in headers { try request.add(header: header) }
        if let idempotencyKey { try request.add(header: "Idempotency-Key: \(idempotencyKey)") }
        return request
    }

    private func contents(of name: String) throws -> [UInt8] {
        let file = name == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: name)
        guard let data = try? file?.readToEnd() ?? Data() else {
            throw CommandFailure(status: .usage, description: "\(name) cannot be read")
        }
        return Array(data)
    }

    /// Prints the answer as it comes, and then says what went wrong, if anything did.
    private func show(_ response: HTTPClientResponse, of server: RemoteServer) async throws {
        guard ExitStatus(answeredWith: Int(response.status.code)) != nil else {
            return try await server.pieces(of: response, print)
        }
        let answer = try await server.whole(response)
        print(answer.body)
        if let failure = answer.failure(of: server.address) { throw failure }
    }

    private func print(_ bytes: [UInt8]) {
        FileHandle.standardOutput.write(Data(bytes))
    }
}

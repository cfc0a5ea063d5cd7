import ArgumentParser
import Foundation
import SlipwayDomain
import SlipwayWeb

struct OpenAPICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi", abstract: "Print the OpenAPI document of the server's API.")

    func run() async throws {
        try await Console.run { _ in
            let installation = try await Installation.inMemory()
            let server = Server(
                installation, scenario: try ScenarioOptions.inMemory(), address: try ListenAddress("127.0.0.1:0"),
                concurrency: 1)
            let document = OpenAPIDocument.json(of: server.endpoints())
            FileHandle.standardOutput.write(Data(document.lines.utf8))
        }
    }
}

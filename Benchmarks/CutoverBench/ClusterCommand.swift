import ArgumentParser
import Foundation
import SlipwayPostgres

/// Lends a private PostgreSQL with its default settings until standard input ends.
struct ClusterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster", abstract: "Start a private PostgreSQL; print its folder, port and programs; hold it.")

    func run() async throws {
        let cluster = try await PrivateCluster.start()
        let line = "\(cluster.directory)\t\(cluster.port)\t\(cluster.binDirectory)\n"
        try FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
        while readLine() != nil {}
        await cluster.stop()
    }
}

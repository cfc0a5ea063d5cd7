import ArgumentParser
import Foundation
import SlipwayCutover
import SlipwayDomain
import SlipwayPostgres
import SlipwayStore

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "A whole cutover before your eyes: an application with a hundred thousand rows, a PostgreSQL of its own.",
        discussion: "Everything it makes lies in one folder; the PostgreSQL is temporary and stops at the end.")

    @Option(help: "Rows of the demo application.")
    var rows = 100_000

    @Option(help: "Tenants of the demo application.")
    var tenants = 12

    @Option(help: "Another number makes another application.")
    var seed: UInt64 = 1

    @Option(help: "Where the demo's files go; made anew each time.")
    var folder = ".slipway/demo"

    func validate() throws {
        guard tenants >= 1, rows >= 1 else { throw ValidationError("A demo has at least one tenant and one row.") }
    }

    func run() async throws {
        try await Console.run { console in
            let clock = ContinuousClock()
            let start = clock.now
            let source = try makeApplication(console)
            let cluster = try await startPostgres(console)
            do {
                try await cutover(source, cluster, console)
            } catch {
                await cluster.stop()
                throw error
            }
            await cluster.stop()
            console.line()
            console.line("Done in \(Figures.duration((clock.now - start) / .seconds(1))). Look at it:")
            console.line("  \(folder)/cutover.yaml          what was moved, where to, and as what")
            console.line("  \(folder)/cutover.runbook.sql   the SQL, with its row-level security")
            console.line("  \(folder)/evidence.json         the sealed evidence; change one byte of it and run")
            console.line(
                "  \(CommandLine.arguments[0]) evidence verify \(folder)/evidence.json --key \(folder)/data/signing.pub"
            )
        }
    }

    /// A local application of the bundled scenario, as a team would have it before it goes live.
    private func makeApplication(_ console: Console) throws -> String {
        let files = FileManager.default
        if files.fileExists(atPath: folder) {
            guard files.fileExists(atPath: folder + "/slipway-demo") else {
                throw CommandFailure(
                    status: .usage, description: "\(folder) exists and is not a demo's: choose another --folder")
            }
            try files.removeItem(atPath: folder)
        }
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = files.createFile(atPath: folder + "/slipway-demo", contents: Data())
        let path = folder + "/application.sqlite"
        let summary = try writeScenario(ScenarioGenerator(seed: seed, tenants: tenants, rows: rows), to: path)
        console.line("application  \(path): \(Figures.count(summary.rows, "row")), \(Figures.count(tenants, "tenant"))")
        return path
    }

    private func startPostgres(_ console: Console) async throws -> PrivateCluster {
        let cluster: PrivateCluster
        do {
            cluster = try await PrivateCluster.start()
        } catch {
            throw CommandFailure(status: .unreachable, description: String(describing: error))
        }
        console.line("postgres     a temporary server on a local socket")
        return cluster
    }

    private func cutover(_ source: String, _ cluster: PrivateCluster, _ console: Console) async throws {
        let manifest = folder + "/cutover.yaml"
        let data = ["--data", folder + "/data"]
        let plan = try PlanCommand.parse(
            [
                "--source", source, "--target", cluster.url, "--tenant-column", "tenant_id", "--name",
                ScenarioGenerator.sessionName, "--schema", "bfg_flowcontrol", "-o", manifest,
            ] + data)
        let files = try PlanFiles(command: plan)
        try files.report(try files.write(progress: ProgressBar().progress), to: console)
        console.line()
        let session = try await CutoverSession(try CutoverOptions.parse(["-f", manifest] + data), console)
        try await session.runAll(batch: .usual)
        let evidence = session.installation.evidence
        let entries = try await evidence.entries()
        try Data(evidence.export(entries)).write(to: URL(fileURLWithPath: folder + "/evidence.json"))
        console.line()
        console.line(
            "evidence     \(Figures.count(entries.count, "packet")) sealed by key \(evidence.verifyingKey.id), in \(folder)/evidence.json"
        )
    }
}

import ArgumentParser
import Foundation
import SlipwayCutover
import SlipwayPostgres

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Read the source and write the manifest and the runbook for review.")

    @Option(help: "A SQLite file, or a folder of JSON Lines files.")
    var source: String

    @Option(help: "The target: postgres://user@host:5432/database. A password in it is not written down.")
    var target: String

    @Option(help: "All rows are this tenant's.")
    var tenant: String?

    @Option(help: "The column that names each row's tenant.")
    var tenantColumn: String?

    @Option(help: "The cutover's name; by default the source file's.")
    var name: String?

    @Option(help: "The target's schema; by default the cutover's name.")
    var schema: String?

    @Option(help: "Names in the target: preserve, or lower.")
    var names = PlanRequest.Names.preserve

    @Option(name: .shortAndLong, help: "Where to write the manifest.")
    var output = "cutover.yaml"

    @Flag(help: "Replace an earlier manifest.")
    var force = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func validate() throws {
        guard (tenant == nil) != (tenantColumn == nil) else {
            throw ValidationError("Say whose the rows are: --tenant NAME or --tenant-column COLUMN.")
        }
    }

    func run() async throws {
        try await Console.run(json: json) { console in
            let plan = try PlanFiles(command: self)
            let bar = ProgressBar(isJSON: json)
            let written = try plan.write(progress: bar.progress)
            bar.finish()
            try plan.report(written, to: console)
        }
    }
}

extension PlanRequest.Names: ExpressibleByArgument {}

import ArgumentParser
import SlipwayDomain
import SlipwayOperations

struct RunsPrune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Let go of the details of runs that are long over.",
        discussion: """
            Items and what is known of single changes go; runs, decisions, events, counts and evidence stay. A run whose \
            details are gone is not retried but started anew. `slipway serve` does the same by itself, once an hour.
            """)

    @Option(help: "Keep the details of what was over less than so many days ago.")
    var keepDays = Self.usualDays

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    static let usualDays = 90

    func validate() throws {
        guard (1...36_500).contains(keepDays) else { throw ValidationError("--keep-days is a number from 1.") }
    }

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let pruned = try await RunPruner(installation.database, clock: installation.clock)(keepDays: keepDays)
            console.line("pruned the details of \(Figures.count(pruned, "run"))")
            try console.result(["pruned": .integer(Int64(pruned))])
        }
    }
}

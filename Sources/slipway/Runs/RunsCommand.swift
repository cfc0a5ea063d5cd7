import ArgumentParser
import SlipwayDomain
import SlipwayOperations
import SlipwayStore
import SlipwayWeb

struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "Look at operation runs, cancel them, retry what failed.",
        subcommands: [
            RunsList.self, RunsShow.self, RunsWatch.self, RunsCancel.self, RunsRetry.self,
            RunsPrune.self,
        ])
}

/// What commands about one run take.
struct RunOptions: ParsableArguments {
    @Argument(help: "The run's number.")
    var run: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func id() throws -> ID<OperationRun> {
        guard let id = ID<OperationRun>(text: run) else {
            throw CommandFailure(
                status: .usage, description: "\(run) is no run: runs have numbers, see `slipway runs list`")
        }
        return id
    }
}

struct RunsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Runs, newest first.")

    @Option(help: "Only of this tenant, by name or number.")
    var tenant: String?

    @Option(help: "Only in this status: queued, running or completed.")
    var status: String?

    @Option(help: "How many.")
    var limit = 20

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit is a number from 1 to 1000.") }
        if let status, RunStatus(rawValue: status) == nil {
            throw ValidationError("--status is queued, running or completed.")
        }
    }

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let filter = RunReads.Filter(
                installation.scope, tenant: try await installation.tenant(tenant)?.id,
                status: status.flatMap(RunStatus.init(rawValue:)))
            let runs = try await RunQueries(installation.database).list(filter, limit: limit).runs
            if runs.isEmpty { console.line("no runs") }
            for run in runs { console.line(RunLines.line(run)) }
            try console.result(["runs": .array(runs.map(RunJSON.run))])
        }
    }
}

struct RunsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "A run with its items and its events.")
    @OptionGroup var options: RunOptions

    func run() async throws {
        try await Console.run(json: options.json) { console in
            let installation = try await Installation(options.data)
            let detail = try await RunQueries(installation.database).detail(options.id(), installation.context())
            for line in RunLines.detail(detail) { console.line(line) }
            try console.result(RunJSON.detail(detail))
        }
    }
}

struct RunsWatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow a run until it is over.",
        discussion: "Exit status: 0 when it succeeded, 2 when it was blocked or cancelled, 70 when it failed.")
    @OptionGroup var options: RunOptions

    func run() async throws {
        try await Console.run(json: options.json) { console in
            let installation = try await Installation(options.data)
            let run = try await RunWatch(installation, console).follow(options.id())
            try console.result(RunJSON.run(run))
            if let status = ExitStatus(outcomeOf: run) { throw ExitStatusOnly(status: status) }
        }
    }
}

struct RunsCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Ask for a run to be cancelled.")
    @OptionGroup var options: RunOptions

    func run() async throws {
        try await Console.run(json: options.json) { console in
            let installation = try await Installation(options.data)
            let cancel = RunCancel(installation.changes)
            let run = try await cancel(options.id(), installation.context())
            console.line(
                run.status == .completed
                    ? "run \(run.id) is cancelled"
                    : "run \(run.id) is asked to stop; its worker clears up what it began, then ends it")
            try console.result(RunJSON.run(run))
        }
    }
}

struct RunsRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Start what failed of a run again, as a child run.")
    @OptionGroup var options: RunOptions

    func run() async throws {
        try await Console.run(json: options.json) { console in
            let installation = try await Installation(options.data)
            let gate = installation.gate(served: Set(installation.registry.all.map(\.type)))
            let retry = RunRetry(installation.database, registry: installation.registry, gate: gate)
            let answer = try await retry(options.id(), surface: "cli", installation.context())
            try StartReport(answer).show(on: console)
        }
    }
}

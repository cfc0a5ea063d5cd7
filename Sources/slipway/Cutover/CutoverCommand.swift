import ArgumentParser
import SlipwayCutover

struct CutoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cutover",
        abstract: "Move an application's data to PostgreSQL under row-level security, and prove it.",
        discussion: """
            plan writes a manifest; connect and preflight say what stands in the way; dry-run rehearses; copy moves \
            the rows; verify proves them; drill proves the way back, and wiring what keeps tenants apart. run does \
            connect to verify in one go.

            Exit status: 0 done, 2 blocked, 3 the verification found a difference, 4 busy, 5 refused by access, \
            64 usage, 69 something needed is unreachable, 70 a fault of ours.
            """,
        subcommands: [
            PlanCommand.self, ConnectCommand.self, PreflightCommand.self, DryRunCommand.self, CopyCommand.self,
            VerifyCommand.self, DrillCommand.self, WiringCommand.self, RunCommand.self, StatusCommand.self,
        ])
}

struct ConnectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect", abstract: "Prove that the target can be reached, trusted and written to.")
    @OptionGroup var options: CutoverOptions

    func run() async throws {
        try await Console.run(json: options.json) { try await CutoverSession(options, $0).carryOut(.connect) }
    }
}

struct PreflightCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preflight", abstract: "Read the whole source and name every value that could not arrive exactly.")
    @OptionGroup var options: CutoverOptions

    func run() async throws {
        try await Console.run(json: options.json) { try await CutoverSession(options, $0).carryOut(.preflight) }
    }
}

struct DryRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dry-run", abstract: "Do the whole cutover in one transaction, verify it, and roll it back.")
    @OptionGroup var options: CutoverOptions

    func run() async throws {
        try await Console.run(json: options.json) { try await CutoverSession(options, $0).carryOut(.dryRun) }
    }
}

/// How the copy commits; for those who know why.
struct BatchOptions: ParsableArguments {
    @Option(help: "Rows a transaction; 0 for one transaction a table.")
    var batchRows = BatchSize.usual.rows

    var size: BatchSize {
        batchRows == 0 ? BatchSize(rows: .max, bytes: .max) : BatchSize(rows: batchRows, bytes: BatchSize.usual.bytes)
    }

    func validate() throws {
        guard batchRows >= 0 else { throw ValidationError("--batch-rows is 0 or more.") }
    }
}

struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copy the rows and build their keys; run again, it continues where it stopped.")
    @OptionGroup var options: CutoverOptions
    @OptionGroup var batch: BatchOptions

    @Flag(help: "Drop what an earlier copy of this cutover left, and begin again.")
    var restart = false

    func run() async throws {
        try await Console.run(json: options.json) {
            try await CutoverSession(options, $0).carryOut(.copy(batch.size, restart: restart))
        }
    }
}

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Read both sides anew, compare every row, and try to see foreign rows.")
    @OptionGroup var options: CutoverOptions

    @Option(help: "How many differences to name.")
    var limit = 100

    func run() async throws {
        try await Console.run(json: options.json) {
            try await CutoverSession(options, $0).carryOut(.verify(limit: limit))
        }
    }
}

struct DrillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill",
        abstract: "Restore the dry run's checkpoint beside everything else, and compare every row.")
    @OptionGroup var options: CutoverOptions

    func run() async throws {
        try await Console.run(json: options.json) { try await CutoverSession(options, $0).carryOut(.drill) }
    }
}

struct WiringCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wiring", abstract: "Measure on the server what keeps tenants apart there.")
    @OptionGroup var options: CutoverOptions

    func run() async throws {
        try await Console.run(json: options.json) { try await CutoverSession(options, $0).carryOut(.wiring) }
    }
}

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "connect, preflight, dry-run, copy and verify in one go; stops at the first that fails.")
    @OptionGroup var options: CutoverOptions
    @OptionGroup var batch: BatchOptions

    func run() async throws {
        try await Console.run(json: options.json) { console in
            try await CutoverSession(options, console).runAll(batch: batch.size)
        }
    }
}

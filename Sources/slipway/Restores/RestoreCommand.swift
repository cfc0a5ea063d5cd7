import ArgumentParser
import SlipwayDomain
import SlipwayOperations
import SlipwayStore

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring a tenant's groups back to how a copy of its directory has them.",
        discussion: """
            A copy is made by `slipway operation start directory.groups.sync --tenant T --set selection_key=NAME`; a restore \
            names it, `plan` says what would be done item by item, and `execute` does it.
            """,
        subcommands: [RestoreAdd.self, RestoreList.self, RestorePlan.self, RestoreExecute.self])
}

struct RestoreAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Say what goes back to which copy.")

    @Argument(help: "The tenant, by name or number.")
    var tenant: String

    @Option(help: "The selection key under which the copy was made.")
    var snapshot = "all_groups_v1"

    @Flag(help: "Take away groups that were added since.")
    var removeAdded = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            let restore = try await Restores(installation.changes).add(
                tenant: tenant, snapshot: snapshot, removesAdded: removeAdded, installation.context())
            console.line("restore \(restore.id): see what it would do with `slipway restore plan \(restore.id)`")
        }
    }
}

struct RestoreList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The restores there are.")
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            let restores = try await Restores(installation.changes).all(installation.context())
            if restores.isEmpty { console.line("no restores: add one with `slipway restore add TENANT`") }
            for restore in restores {
                let added = restore.removesAdded ? ", what was added goes" : ""
                console.line(
                    "\(restore.id)  \(restore.createdAt.rfc3339)  tenant \(restore.tenant)  to \(restore.snapshot)\(added)"
                )
            }
        }
    }
}

struct RestorePlan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Put the restore's dry run to the gate: nothing is changed at the provider.")
    @OptionGroup var start: RestoreStart

    func run() async throws { try await start.run("restore.plan") }
}

struct RestoreExecute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "execute", abstract: "Put the restore to the gate.")
    @OptionGroup var start: RestoreStart

    func run() async throws { try await start.run("restore.execute") }
}

/// Puts an operation about a restore to the gate. A server on the same data carries it out.
struct RestoreStart: ParsableArguments {
    @Argument(help: "The restore's number.")
    var restore: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run(_ operation: String) async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let found = try await Restores(installation.changes).restore(restore, installation.context())
            let gate = installation.gate(served: Adapters.served(installation))
            let start = OperationStart(installation.database, registry: installation.registry, gate: gate)
            let subject = OperationStart.Subject(
                operation: operation, tenant: found.tenant.description, target: found.target)
            let answer = try await start(subject, installation.context()) {
                OperationStart.Details(surface: "cli")
            }
            try StartReport(answer, isPreflight: false).show(on: console)
        }
    }
}
